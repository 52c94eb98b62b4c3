"""Documents and their review, the ledger, lineages, transfer acts."""

from django.urls import path

from sulh.rooms.carry.views import documents, holding, ledger, review, transfers

urlpatterns = [
    path("documents/", documents.documents, name="documents"),
    path("documents/import/", documents.import_page, name="import-document"),
    path("documents/<uuid:document_id>/", documents.document, name="document"),
    path("documents/<uuid:document_id>/correct/", documents.correct, name="correct-document"),
    path("documents/<uuid:document_id>/confidentiality/", holding.confidentiality, name="confidentiality"),
    path("documents/<uuid:document_id>/remove/", documents.remove, name="remove-document"),
    path("documents/<uuid:document_id>/review/", review.page, name="review"),
    path("documents/<uuid:document_id>/review/undo/", review.undo, name="review-undo"),
    path("documents/<uuid:document_id>/review/add/", review.add, name="review-add"),
    path("documents/<uuid:document_id>/review/finish/", review.finish, name="review-finish"),
    path("documents/<uuid:document_id>/review/<uuid:ask_id>/", review.decide, name="review-decide"),
    path("ledger/", ledger.page, name="ledger"),
    path("ledger/export.<slug:format>", ledger.export, name="ledger-export"),
    path("ledger/views/", ledger.save_view, name="save-view"),
    path("ledger/views/<int:view_id>/forget/", ledger.forget_view, name="forget-view"),
    path("lineages/<uuid:lineage_id>/", ledger.lineage, name="lineage"),
    path("lineages/<uuid:lineage_id>/rename/", ledger.rename, name="rename-lineage"),
    path("carried/", transfers.transfers, name="transfers"),
    path("carried/record/", transfers.record, name="record-transfer"),
    path("carried/<uuid:act_id>/response/", transfers.response, name="add-response"),
]

"""What can be done to documents, asks, lineages and transfer acts."""

from sulh.rooms.carry.actions.documents import (
    correct_document,
    finish_review,
    import_document,
    keep_document,
    loosen_document,
    mend_document,
    propose_document_level,
    propose_release,
    recheck_documents,
    release_document,
    remove_document,
    tighten_document,
)
from sulh.rooms.carry.actions.lineages import rename_lineage
from sulh.rooms.carry.actions.reviewing import (
    accept_ask,
    add_ask,
    correct_ask,
    drop_ask,
    merge_ask,
    split_ask,
    undo_step,
)
from sulh.rooms.carry.actions.saved_views import forget_view, save_view
from sulh.rooms.carry.actions.transfers import add_response, keep_transfer, record_transfer

__all__ = [
    "accept_ask",
    "add_ask",
    "add_response",
    "correct_ask",
    "correct_document",
    "drop_ask",
    "finish_review",
    "forget_view",
    "import_document",
    "keep_document",
    "keep_transfer",
    "loosen_document",
    "mend_document",
    "merge_ask",
    "propose_document_level",
    "propose_release",
    "recheck_documents",
    "record_transfer",
    "release_document",
    "remove_document",
    "rename_lineage",
    "save_view",
    "split_ask",
    "tighten_document",
    "undo_step",
]

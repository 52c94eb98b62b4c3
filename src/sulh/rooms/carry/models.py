"""Documents, asks, lineages and transfer acts.

No model here has a field for a person. Recipients are a category and a level; documents are stored without their
lists of participants and signatures.
"""

from __future__ import annotations

from django.db import models
from simple_history.models import HistoricalRecords

from sulh.engines.disclosure.levels import Level
from sulh.kernel.fields import PartialDateField
from sulh.kernel.ids import new_id
from sulh.kernel.models import Account
from sulh.rooms.carry.enums import (
    DOCUMENT_LEVELS,
    AskKind,
    AskState,
    Direction,
    DocumentKind,
    Evidence,
    RecipientCategory,
    RecipientLevel,
    Relation,
    ResponseKind,
    Strategy,
)
from sulh.rooms.convene.models import Round
from sulh.rooms.programme.models import Programme, Side


class Document(models.Model):
    """A text of a round, as it was read: its canonical text, in which every ask is a span.

    A text *held* may point to persons at its level: none of its asks leaves it before it is mended or released.
    ``checked_with`` tells the registers that its names were last looked for in, as a hash.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="documents")
    round = models.ForeignKey(Round, models.SET_NULL, null=True, blank=True, related_name="documents")
    key = models.SlugField(max_length=100)
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=40, choices=DocumentKind, default=DocumentKind.JOINT_DECLARATION)
    date = PartialDateField()
    language = models.CharField(max_length=10, default="en")
    direction = models.CharField(max_length=3, default="ltr")
    text = models.TextField()
    passages = models.JSONField(default=list)
    fingerprint = models.CharField(max_length=64)
    is_public = models.BooleanField(default=False)
    level = models.PositiveSmallIntegerField(choices=DOCUMENT_LEVELS, default=int(Level.WITH_CLEARANCE))
    is_held = models.BooleanField(default=False)
    is_released = models.BooleanField(default=False)
    checked_with = models.CharField(max_length=64, blank=True)
    own_words = models.BooleanField(default=False)
    sources = models.JSONField(default=list, blank=True)
    imported_at = models.DateTimeField(auto_now_add=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-imported_at"]
        constraints = [models.UniqueConstraint(fields=["programme", "key"], name="one_document_of_a_key")]

    def __str__(self) -> str:
        return self.title

    @property
    def dated(self) -> str:
        """The document's date, else that of its round; empty where neither is known."""
        return self.date or (self.round.when if self.round else "")


class Lineage(models.Model):
    """One thing that is asked, however often and by whomever: the row of the ledger."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.SlugField(max_length=100, unique=True, null=True, blank=True)
    title = models.CharField(max_length=300)
    created_at = models.DateTimeField(auto_now_add=True)
    history = HistoricalRecords()

    def __str__(self) -> str:
        return self.title


class Ask(models.Model):
    """A passage of a document that asks for something, or that welcomes a step taken (kind *welcome*)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    document = models.ForeignKey(Document, models.CASCADE, related_name="asks")
    kind = models.CharField(max_length=10, choices=AskKind, default=AskKind.ASK)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    context_start = models.PositiveIntegerField(null=True, blank=True)
    context_end = models.PositiveIntegerField(null=True, blank=True)
    text = models.TextField()
    verb = models.CharField(max_length=40, blank=True)
    addressees = models.JSONField(default=list, blank=True)
    themes = models.JSONField(default=list, blank=True)
    rule = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=10, choices=AskState, default=AskState.PROPOSED, db_index=True)
    lineage = models.ForeignKey(Lineage, models.SET_NULL, null=True, blank=True, related_name="asks")
    relation = models.CharField(max_length=10, choices=Relation, blank=True)
    score = models.FloatField(null=True, blank=True)
    shared = models.JSONField(default=list, blank=True)
    suggestions = models.JSONField(default=list, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    meaning = models.BinaryField(default=bytes, blank=True, editable=False)
    history = HistoricalRecords(excluded_fields=["suggestions", "meaning"])

    class Meta:
        ordering = ["start", "end"]

    def __str__(self) -> str:
        return self.text[:80]


class ReviewStep(models.Model):
    """One decision of a review, with the asks as they stood before and after it, so that it can be undone."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="steps")
    what = models.CharField(max_length=20)
    before = models.JSONField()
    after = models.JSONField()
    account = models.ForeignKey(Account, models.SET_NULL, null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.what} in {self.document_id}"


class TransferAct(models.Model):
    """Recommendations handed to one side's system: how, to what kind of office, when. Never to whom by name."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="transfers")
    key = models.SlugField(max_length=100, blank=True)
    round = models.ForeignKey(Round, models.SET_NULL, null=True, blank=True, related_name="transfers")
    lineages = models.ManyToManyField(Lineage, related_name="transfers")
    side = models.ForeignKey(Side, models.PROTECT, related_name="transfers")
    direction = models.CharField(max_length=30, choices=Direction)
    strategy = models.CharField(max_length=40, choices=Strategy)
    recipient_category = models.CharField(max_length=40, choices=RecipientCategory)
    recipient_level = models.CharField(max_length=20, choices=RecipientLevel)
    date = PartialDateField(blank=False)
    sources = models.JSONField(default=list, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    history = HistoricalRecords(m2m_fields=["lineages"])

    class Meta:
        ordering = ["date", "recorded_at"]

    def __str__(self) -> str:
        return f"{self.date} {self.strategy}"


class Response(models.Model):
    """What came back on a transfer act: a dated entry; a later one is added, none is overwritten."""

    act = models.ForeignKey(TransferAct, models.CASCADE, related_name="responses")
    kind = models.CharField(max_length=30, choices=ResponseKind)
    evidence = models.CharField(max_length=20, choices=Evidence)
    date = PartialDateField(blank=False)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["date", "id"]

    def __str__(self) -> str:
        return f"{self.date} {self.kind}"


class SavedView(models.Model):
    """A filter of the ledger that somebody wants to come back to; the whole programme sees it."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=500)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["programme", "name"], name="one_view_of_a_name")]

    def __str__(self) -> str:
        return self.name

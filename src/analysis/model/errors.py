"""What can go wrong, one class per thing that a caller could do differently.

A message says what was found, what was expected and what to do. The shell adds the file or
snapshot with ``add_note``.
"""


class AnalysisError(Exception):
    """Parent of every error that this package raises on purpose."""


class SourceError(AnalysisError):
    """A source cannot be had: the file is missing, unreadable, or the address cannot be fetched."""


class FetchError(SourceError):
    """A page cannot be had from the web; ``outcome`` names why, from a closed set.

    ``hops`` are the addresses passed on the way, ``tries`` how often the last one was asked and
    ``status`` what it answered, None where no answer came.
    """

    def __init__(self, message: str, outcome: str) -> None:
        super().__init__(message)
        self.outcome = outcome
        self.hops: tuple[str, ...] = ()
        self.tries = 0
        self.status: int | None = None


class FetchRefused(FetchError):
    """Nobody asked for the network, or the address is not one that may be fetched."""

    def __init__(self, message: str, outcome: str = "unasked") -> None:
        super().__init__(message, outcome)


class DocumentError(AnalysisError):
    """Bytes that cannot be read as the document they are said to be.

    ``problem`` names what is the matter, from a closed set where the reader has one
    (`reading/files/problems.csv`); empty otherwise.
    """

    problem: str = ""


class EmptyDocument(DocumentError):
    """There is no text in the document."""


class NotADocument(DocumentError):
    """The bytes are of a kind that no reader here reads: an image, an archive, a binary."""


class DocumentTooLarge(DocumentError):
    """The document is larger than the reader's limit."""


class ReadingTimeout(DocumentError):
    """Reading did not end within its time limit and was stopped."""


class OutOfMemory(DocumentError):
    """Reading asked for more memory than its limit and was stopped."""


class DamagedDocument(DocumentError):
    """The bytes break the rules of their own format, or end too early."""


class UnsafeDocument(DocumentError):
    """The document is built in a way that harms whoever reads it: a bomb, a path out, a loop."""


class ProtectedDocument(DocumentError):
    """The document is encrypted and asks for a password."""


class LayoutError(AnalysisError):
    """A table's headers or layout differ from what its reader expects."""


class VocabularyError(AnalysisError):
    """A vocabulary file is inconsistent, or a key is in none."""


class RecordError(AnalysisError):
    """A record breaks a rule of its schema, such as an observation without evidence."""


class SelectionError(AnalysisError):
    """A selection names a field or a value that the record does not have."""


class StoreError(AnalysisError):
    """The processed record is missing, damaged, locked, or cannot be written."""


class RawChanged(StoreError):
    """A file in data/raw is not the one that was registered."""


class MixedUnits(AnalysisError):
    """Numbers that count different things were to be drawn on one axis."""


class RenderError(AnalysisError):
    """A notebook cannot become a page that is fit for a paper."""


class LanguageWarning(UserWarning):
    """A text was read with the words of another language than its own."""

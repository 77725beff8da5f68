"""What is sent to take back a file."""

from dataclasses import dataclass

from scrutiny.concerns.forms import number_in


@dataclass
class RemovalForm:
    code: str = ""
    number: str = ""
    then: str = ""

    def which(self) -> int:
        """The number of the file; 0, which none has, for what is no number."""
        return number_in(self.number)

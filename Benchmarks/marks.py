"""The marks by which an instance knows its own, made from its key as the program makes them.

See Sources/Klartext/People/Seal.swift and Tickets/TicketNumber.swift.
"""
import base64
import hashlib
import hmac
import pathlib


class Seal:
    """Signs with the key of one instance."""

    def __init__(self, data):
        self._key = hmac.new((pathlib.Path(data) / "instance.key").read_bytes(), digestmod=hashlib.sha256)

    def mark(self, purpose, value, bits):
        keyed = self._key.copy()
        keyed.update(f"{purpose}\x1f{value}".encode())
        return base64.b32encode(keyed.digest()[: bits // 8]).decode().rstrip("=").lower()

    def link_token(self, number, generation=1):
        return self.mark("status link", f"{number}/{generation}", 128)

    def form_stamp(self, milliseconds, token):
        content = f"{milliseconds}.{token}"
        return f"{content}.{self.mark('form stamp', content, 80)}"


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


_DAMM = [
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978", "3674209581", "5869720134", "8945362017", "9438617205",
    "2581436790"]


def spoken(number):
    """As people say it: 100-014."""
    return f"{str(number)[:-3]}-{str(number)[-3:]}"


def ticket_number(sequence):
    """The number of the sequence-th ticket: its digits, then Damm's check digit."""
    check = 0
    for digit in str(sequence):
        check = int(_DAMM[check][int(digit)])
    return sequence * 10 + check

"""What people write who want no more messages, in many languages."""

from typing import Final

from otn_studio.blocks.folding import folded

_MARKS: Final = " .!"


def as_compared(text: str) -> str:
    """A text as stop words are compared.

    >>> as_compared("STOP!") in STOP_WORDS
    True
    """
    return folded(text).strip(_MARKS)


# fmt: off
STOP_WORDS: Final = frozenset(map(as_compared, (
    "stop", "unsubscribe", "opt out",
    "stopp", "abmelden", "abbestellen",
    "arrêt", "arrêter", "désabonner", "se désabonner",
    "parar", "alto", "baja", "darse de baja", "cancelar suscripción",
    "pare", "descadastrar", "cancelar inscrição", "cancelar subscrição",
    "ferma", "fermare", "disiscriviti", "annulla iscrizione",
    "stoppen", "afmelden", "uitschrijven",
    "afmeld", "frameld", "avsluta", "avregistrera", "avmeld", "lopeta",
    "wypisz", "rezygnuję", "odhlásit", "odhlásiť", "leiratkozás", "dezabonare",
    "стоп", "отписаться", "відписатися", "отписване", "σταμάτα", "διαγραφή",
    "dur", "durdur", "abonelikten çık",
    "توقف", "إيقاف", "إلغاء الاشتراك", "עצור", "הסר",
    "berhenti", "dừng", "hủy đăng ký", "itigil", "หยุด", "ยกเลิก",
    "रोकें", "बंद करो", "বন্ধ",
    "停止", "退订", "退訂", "配信停止", "停止する", "중지", "수신거부",
)))
# fmt: on
LONGEST: Final = 100
"""Of what is longer, nobody looks whether it is one."""

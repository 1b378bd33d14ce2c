"""Learn how words fall into tokens, for five languages in one alphabet."""

from collections import Counter
from collections.abc import Callable, Iterable

from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

UNKNOWN = "[UNK]"


def build_tokenizer(text: Callable[[], Iterable[str]], vocabulary: int, *, nordic: bool) -> Tokenizer:
    """Return a byte-pair tokenizer (Sennrich, Haddow & Birch 2016) with at most ``vocabulary`` tokens.

    ``text`` gives the lines anew at each call; they are read twice. Tokens do not tell whether they open a
    word, so that «støtte» is the same token alone and at the end of «pårørendestøtte». Everything but letters
    and digits is dropped.
    """
    tokenizer = Tokenizer(models.BPE(unk_token=UNKNOWN))
    tokenizer.normalizer = _normalizer(nordic)
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(r"[^\p{L}\p{N}]+"), "removed")
    tokenizer.decoder = decoders.Fuse()
    alphabet = choose_alphabet(text(), tokenizer.normalizer)
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary,
        min_frequency=3,
        special_tokens=[UNKNOWN],
        initial_alphabet=alphabet,
        limit_alphabet=len(alphabet),
        show_progress=False,
    )
    tokenizer.train_from_iterator(text(), trainer)
    return tokenizer


def choose_alphabet(text: Iterable[str], normalizer: normalizers.Normalizer, most: int = 200) -> list[str]:
    """Return the commonest letters and digits, at most ``most``; equally common ones in the order of Unicode.

    The trainer would choose by itself, but among equally common ones by chance.
    """
    raw: Counter[str] = Counter()
    for line in text:
        raw.update(line)
    counts: Counter[str] = Counter()
    for character, count in raw.items():
        for letter in normalizer.normalize_str(character):
            if letter.isalnum():
                counts[letter] += count
    return sorted(sorted(counts), key=lambda letter: -counts[letter])[:most]


def _normalizer(nordic: bool) -> normalizers.Normalizer:
    """Return NFKC and lower case, without soft hyphens; if ``nordic``, Swedish ä and ö are written as æ and ø."""
    steps = [
        normalizers.NFKC(),
        normalizers.Lowercase(),
        normalizers.Replace(Regex("[\u00ad\u200b\u2060]"), ""),
    ]
    if nordic:
        steps += [normalizers.Replace("ä", "æ"), normalizers.Replace("ö", "ø")]
    return normalizers.Sequence(steps)

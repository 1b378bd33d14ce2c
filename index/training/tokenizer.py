"""Learn how words fall into tokens, for five languages in one alphabet."""

from collections.abc import Iterable

from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

UNKNOWN = "[UNK]"


def build_tokenizer(text: Iterable[str], vocabulary: int, kind: str = "bpe") -> Tokenizer:
    """Return a byte-pair tokenizer (Sennrich, Haddow & Birch 2016) with at most ``vocabulary`` tokens.

    Tokens do not tell whether they open a word, so that «støtte» is the same token alone and at the end of
    «pårørendestøtte». Everything but letters and digits is dropped.
    """
    tokenizer = Tokenizer(models.BPE(unk_token=UNKNOWN))
    tokenizer.normalizer = _normalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(r"[^\p{L}\p{N}]+"), "removed")
    tokenizer.decoder = decoders.Fuse()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary,
        min_frequency=3,
        special_tokens=[UNKNOWN],
        limit_alphabet=200,
        show_progress=False,
    )
    tokenizer.train_from_iterator(text, trainer)
    return tokenizer


def _normalizer() -> normalizers.Normalizer:
    """Return NFKC and lower case, without soft hyphens, with Swedish ä and ö written as æ and ø."""
    steps = [
        normalizers.NFKC(),
        normalizers.Lowercase(),
        normalizers.Replace(Regex("[\u00ad\u200b\u2060]"), ""),
    ]
    steps += [normalizers.Replace("ä", "æ"), normalizers.Replace("ö", "ø")]
    return normalizers.Sequence(steps)

"""Providers of chat models, by the names that LangChain has for them."""

OPENAI = "openai"


def provider_of(name: str) -> str:
    """The provider that a model's name begins with, as in ``anthropic:…``, if LangChain has it.

    Any other model is one of OpenAI's protocol: a colon may be a part of its name (``qwen3:4b``).
    """
    from langchain.chat_models.base import _BUILTIN_PROVIDERS  # noqa: PLC0415  (slow to import)

    first, _, rest = name.partition(":")
    return first if rest and first in _BUILTIN_PROVIDERS else OPENAI

"""The words with which servers say that a request is too long for the model's context, and the shape they share."""

from __future__ import annotations

import re

_SAID = (
    r"context_length_exceeded",  # OpenAI, Azure, Groq, DeepSeek, Cerebras
    r"exceeds? (?:the |your )?(?:model'?s? )?(?:maximum )?context",  # OpenAI, Fireworks, llama-cpp-python
    r"exceed(?:s|ed)? (?:the )?(?:max(?:imum)? )?context (?:length|limit|window|size)",  # Anthropic, Ollama
    r"maximum context (?:length|size|window|limit)",  # OpenAI, OpenRouter, vLLM, SGLang, Mistral, DeepSeek
    r"context[ _](?:size|length|window)[ _](?:has been |was |is )?(?:exceed|overflow|full|too)",  # llama.cpp
    r"contextwindowexceeded",  # LiteLLM
    r"exceed_context_size|available context size",  # llama.cpp, Lemonade, LocalAI
    r"(?:greater|longer) than the (?:model'?s )?context",  # LM Studio, SGLang, Together
    r"context[ _]?overflow|context length of only|context the overflows|n_keep .{0,20}n_ctx",  # LM Studio
    r"context length is only|(?:prompt|input)s?[ _]too[ _](?:long|large)",  # Ollama
    r"context (?:window|length) exceeds",  # MiniMax
    r"context window (?:size|limit).{0,60}(?:exceed|cannot be processed)",  # Cloudflare, GPT4All
    r"context window is \d",  # GPT4All
    r"configured context size",  # DwarfStar
    r"model_context_window_exceeded",  # Z.ai
    r"(?:prompt|input|text|request|message)s? (?:is|are|was|were) too (?:long|large)",  # Anthropic, Bedrock
    r"request too large|string too long.{0,80}messages|messages[^']*content[^']*': string too long",  # OpenAI
    r"too many (?:input |prompt |total )?tokens",  # Cohere and others on Bedrock, LiteLLM
    r"input tokens? exceed|number of input tokens",  # Bedrock, Azure, watsonx
    r"input (?:token )?(?:count|length).{0,40}exceeds",  # Google, Poolside
    r"input token count is \d+ but model only supports|reduce the input token count",  # Vertex
    r"reduce the length of the (?:messages|prompt|input)",  # Groq, Cerebras
    r"current length is \d+ while limit is",  # Cerebras
    r"please reduce (?:your prompt|the length)",  # OpenAI, llama-cpp-python, text-generation-webui
    r"maximum prompt length",  # xAI
    r"max_prompt_tokens|prompt token count",  # GitHub Copilot
    r"exceeded model token limit",  # Moonshot
    r"(?:token limit|max(?:imum)? tokens?(?: limit)?) exceeded",  # watsonx
    r"max tokens of \d+ exceeded",  # Snowflake
    r"tokens_limit_reached",  # GitHub Models
    r"tokens in request more than max tokens allowed",  # Nebius
    r"range of input length",  # DashScope, iFlytek
    r"exceed max message tokens|max_message_tokens",  # Volcengine
    r"prompt exceeds (?:the )?(?:max|length|context)",  # Zhipu
    r"prompt_tokens .{0,30}must be less than max_seq_len",  # SiliconFlow
    r"max(?:imum)?[ _](?:supported )?(?:sequence|seq)[ _]len",  # SambaNova, TensorRT-LLM
    r"max(?:imum)?[ _](?:input|model)[ _]len",  # vLLM, NVIDIA NIM, DeepInfra
    r"`?inputs`? (?:tokens \+|must have less than)",  # HuggingFace TGI, Together
    r"max_num_tokens|sum of prompt length",  # TensorRT-LLM, Triton
    r"payload size exceeds",  # Google
    r"(?:entity|body|payload|request_)(?: is )? ?too[ _]large",  # Azure, Anthropic, and nginx before any server
    r"超过.{0,12}(?:上下文|最大|限制|长度)",  # Baidu, Tencent
    r"(?:上下文|输入|prompt).{0,8}(?:超长|过长|超出|超限)",  # Zhipu
)
_PHRASES = re.compile("|".join(_SAID), re.IGNORECASE)

_OF_THE_ANSWER = re.compile(
    r"(?:output|completion|generated|new) tokens"  # Anthropic, OpenAI
    r"|max_?(?:output_?|completion_?|new_?)?tokens\W{0,3}(?:value|must|should|is|of|has|to|:|\d)"  # Groq, DeepSeek
    r"|range of max_tokens"  # DashScope
    r"|maxoutputtokens"  # Google
    r"|maximum tokens you requested",  # Bedrock
    re.IGNORECASE,
)
"""What servers say where a longer answer is asked for than the model gives."""

_NUMBER = re.compile(r"(?<![\w.])\d[\d,_]*(?![\w.]*\d)")
_OF_THE_INPUT = re.compile(r"\b(?:context|prompt|inputs?|messages|tokens|sequence)\b(?!\[)", re.IGNORECASE)
_LIMITED = re.compile(
    r"exceed|too (?:long|large|many|big)|longer|(?:greater|larger|more|less) than|at most|up to|only"
    r"|\bmax(?:imum)?\b|limit|must (?:be|not|have)|should (?:be|not)|can ?not|>|<=",
    re.IGNORECASE,
)
_OF_THE_ACCOUNT = re.compile(r"quota|monthly|daily|balance|credits?\b|billing|plan\b|budget", re.IGNORECASE)

SMALLEST_CONTEXT = 256
"""Tokens. What is about smaller numbers only is about something else."""


def says_too_long(said: str) -> bool:
    """Whether it is a complaint of a request that the context does not hold: in words that are known, or with two
    numbers and words for the input and for a limit. The limits of an answer and of an account are others."""
    if _is_of_the_answer(said):
        return False
    return bool(_PHRASES.search(said)) or _has_the_shape(said)


def _is_of_the_answer(said: str) -> bool:
    others = said.replace("`context_window`", "")  # which Groq names beside its limit of the answer
    is_of_both = re.search(r"\b(?:context|prompt|inputs?)\b", others, re.IGNORECASE)
    return bool(_OF_THE_ANSWER.search(said)) and not is_of_both


def _has_the_shape(said: str) -> bool:
    numbers = {int(re.sub(r"[,_]", "", number)) for number in _NUMBER.findall(said)}
    return (
        len(numbers) > 1
        and max(numbers) > SMALLEST_CONTEXT
        and bool(_OF_THE_INPUT.search(said) and _LIMITED.search(said))
        and not _OF_THE_ACCOUNT.search(said)
    )

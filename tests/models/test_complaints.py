"""What servers mean by their complaints: by the words of many of them, by shape, and what is something else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import (
    AnswerFiltered,
    ContextExceeded,
    KeyRejected,
    ModelError,
    ModelNotFound,
    ProviderFailed,
    QuotaExhausted,
    RequestRejected,
)
from summarizer.models.complaints.complaint import Complaint

TOO_LONG = {
    "OpenAI": "This model's maximum context length is 8192 tokens. However, your messages resulted in 9517 tokens.",
    "OpenAI, newer": "Your input exceeds the context window of this model. Please adjust your input and try again.",
    "Azure": "Input tokens exceed the configured limit of 272000 tokens. Your messages resulted in 288123 tokens.",
    "Anthropic": "prompt is too long: 201337 tokens > 200000 maximum",
    "Anthropic, with the answer": "input length and `max_tokens` exceed context limit: 198000 + 8192 > 200000",
    "Bedrock, Claude": "The model returned the following errors: Input is too long for requested model.",
    "Bedrock, Nova": "Input Tokens Exceeded: Number of input tokens exceeds maximum length.",
    "Bedrock, Cohere": "too many tokens: total number of tokens (prompt and prediction) cannot exceed 4096",
    "LiteLLM": "litellm.ContextWindowExceededError: litellm.BadRequestError: VertexAIException",
    "Google": "The input token count (1250000) exceeds the maximum number of tokens allowed (1048575).",
    "Vertex": "Unable to submit request because the input token count is 40000 but model only supports up to 32768.",
    "Google, bytes": "Request payload size exceeds the limit: 20971520 bytes.",
    "Mistral": "Prompt contains 40500 tokens, too large for model with 32768 maximum context length",
    "Groq": "Please reduce the length of the messages or completion.",
    "Cerebras": "Current length is 9120 while limit is 8192",
    "Together": "`inputs` tokens + `max_new_tokens` must be <= 8193. Given: 9000 `inputs` tokens and 512",
    "HuggingFace TGI": "Input validation error: `inputs` must have less than 4095 tokens. Given: 5301",
    "Fireworks": "The prompt is too long: 140112, model maximum context length: 131071",
    "xAI": "This model's maximum prompt length is 131072 but the request contains 140002 tokens.",
    "OpenRouter": "This endpoint's maximum context length is 32768 tokens. However, you requested about 34112 tokens",
    "OpenRouter, Poolside": "Input length 140393 exceeds the maximum allowed input length of 131040 tokens.",
    "Cloudflare": "5021: The estimated number of input and maximum output tokens (25031) exceeded this model context "
    "window limit (24000).",
    "Databricks": "Prompt is too long. Input tokens: 131901, limit: 128000",
    "NVIDIA NIM": "The decoder prompt (length 40112) is longer than the maximum model length of 32768.",
    "vLLM": "'max_tokens' or 'max_completion_tokens' is too large: 4000. This model's maximum context length is 4096 "
    "tokens and your request has 2104 input tokens (4000 > 4096 - 2104).",
    "SGLang": "The input (9194 tokens) is longer than the model's context length (8192 tokens).",
    "llama.cpp": "request (9001 tokens) exceeds the available context size (4096 tokens), try increasing it",
    "llama.cpp, with 500": "Context size has been exceeded.",
    "llama-cpp-python": "Requested tokens (5003) exceed context window of 4096",
    "text-generation-webui": "This model maximum context length is 4096 tokens. However, your messages resulted in "
    "over 5000 tokens and max_tokens is 512.",
    "LM Studio": "The number of tokens to keep from the initial prompt is greater than the context length.",
    "LM Studio, older": "Trying to keep the first 5031 tokens when context the overflows. However, the model is "
    "loaded with context length of only 4096 tokens, which is not enough.",
    "Ollama": "prompt too long; exceeded max context length by 312 tokens",
    "GPT4All": "ERROR: The prompt size exceeds the context window size and cannot be processed.",
    "GPT4All, older": "The prompt is 3011 tokens and the context window is 2048!",
    "TensorRT-LLM": "The sum of prompt length (5003) and max_tokens (512) should not exceed max_num_tokens (4096)",
    "SambaNova": "The provided prompt is 9011 tokens long, so generating 4000 tokens requires a sequence length of "
    "13011, but the maximum supported sequence length is just 8192!",
    "DeepSeek": "This model's maximum context length is 65536 tokens. However, you requested 70112 tokens (66112 in "
    "the messages, 4000 in the completion).",
    "DashScope": "<400> InternalError.Algo.InvalidParameter: Range of input length should be [1, 129024]",
    "Zhipu": "Prompt exceeds max length",
    "Zhipu, Chinese": "Prompt 超长",
    "Moonshot": "Invalid request: Your request exceeded model token limit: 131072 (requested: 140003)",
    "MiniMax": "invalid params, context window exceeds limit (2013)",
    "SiliconFlow": "length of prompt_tokens (40112) must be less than max_seq_len (32768).",
    "Volcengine": "Total tokens of image and text exceed max message tokens",
    "watsonx": "the number of input tokens 9012 cannot exceed the total tokens limit 8192 for this model",
    "Snowflake": "max tokens of 4096 exceeded",
    "GitHub Copilot": "prompt token count of 140003 exceeds the limit of 128000",
    "GitHub Models": "Request body too large for gpt-4o model. Max size: 8000 tokens.",
    "nobody yet, by its shape": "A conversation of 9120 tokens does not fit: this deployment holds 8192 at most",
    "nobody yet, with commas": "Your messages have 5,120 tokens; the limit of this model is 4,096",
    "nobody yet, with a sign": "prompt tokens (12000) + answer (4000) > context size (8192)",
}

OF_THE_ANSWER = {
    "OpenAI": "max_tokens is too large: 100000. This model supports at most 16384 completion tokens, whereas you "
    "provided 100000.",
    "Anthropic": "max_tokens: 100000 > 64000, which is the maximum allowed number of output tokens for this model",
    "Groq": "`max_tokens` must be less than or equal to `8192`, the maximum value for `max_tokens` is less than the "
    "`context_window` for this model",
    "DeepSeek": "Invalid max_tokens value, the valid range of max_tokens is [1, 8192]",
    "DashScope": "Range of max_tokens should be [1, 8192]",
    "Google": "Unable to submit request because it has a maxOutputTokens value of 100000 but the supported range is "
    "from 1 (inclusive) to 65537 (exclusive).",
    "Bedrock": "The maximum tokens you requested exceeds the model limit of 4096. Try again with a maximum tokens "
    "value that is lower than 4096.",
}

OTHERS = {
    "a name": "Invalid 'messages[0].name': string too long. Expected a string with maximum length 64, but got 300.",
    "a parameter": "Unsupported parameter: 'max_tokens' is not supported. Use 'max_completion_tokens' instead.",
    "a temperature": "temperature must be between 0 and 2, got 500 in a request of 300 bytes",
    "a schema": "Invalid schema for response_format 'answer': too many properties, 1200 where 1000 is the limit",
    "another schema": "This model does not support response_format. Unknown model output 'json_schema'.",
    "small numbers": "at most 4 stop sequences of 16 tokens",
}

IN_A_MINUTE = {
    (413, "Groq"): "Request too large for model `llama-3.1-8b-instant` on tokens per minute (TPM): Limit 6000, "
    "Requested 14810, please reduce your message size. Need more tokens? Visit the page for billing.",
    (429, "OpenAI"): "Request too large for gpt-4o on tokens per min (TPM): Limit 30000, Requested 34112. The input "
    "or output tokens must be reduced in order to run successfully.",
    (429, "llama"): "maximum context length",
    (400, "Bedrock"): "ThrottlingException: Too many tokens, please wait before trying again.",
    (429, "Google"): "You exceeded your current quota, please check your plan and billing details.",
    (403, "a gateway"): "Rate limit of 30000 tokens exceeded with 31000",
}


def meaning(status: int, message: str, **fields: Any) -> type[ModelError]:
    """What a complaint of OpenAI's form means."""
    return Complaint.of(status, {"error": {"message": message, **fields}}, "").meaning


@pytest.mark.parametrize("said", TOO_LONG.values(), ids=TOO_LONG.keys())
@pytest.mark.parametrize("status", [400, 422, 500])
def test_the_words_for_too_long_are_known(said: str, status: int) -> None:
    assert meaning(status, said) is ContextExceeded


@pytest.mark.parametrize("said", OF_THE_ANSWER.values(), ids=OF_THE_ANSWER.keys())
def test_a_limit_of_the_answer_is_none_of_the_context(said: str) -> None:
    assert meaning(400, said) is RequestRejected


@pytest.mark.parametrize("said", OTHERS.values(), ids=OTHERS.keys())
def test_other_complaints_with_numbers_and_lengths_are_none_of_the_context(said: str) -> None:
    assert meaning(400, said) is RequestRejected


@pytest.mark.parametrize(("status", "said"), [(key[0], said) for key, said in IN_A_MINUTE.items()])
def test_too_many_tokens_in_a_minute_is_no_long_article(status: int, said: str) -> None:
    assert meaning(status, said) is ProviderFailed


@pytest.mark.parametrize(
    ("status", "said", "code"),
    [
        (429, "You exceeded your current quota", "insufficient_quota"),
        (429, "余额不足或无可用资源包,请充值。", "1113"),
        (402, "Insufficient Balance", "invalid_request_error"),
        (400, "Access denied, please make sure your account is in good standing.", "Arrearage"),
        (400, "Budget has been exceeded! Current cost: 10.2, Max budget: 10.0", "budget_exceeded"),
        (403, "Your team has either used all available credits or reached its monthly spending limit.", "x"),
        (429, "Your account is suspended", "exceeded_current_quota_error"),
    ],
)
def test_an_account_without_credit_is_known(status: int, said: str, code: str) -> None:
    assert meaning(status, said, code=code) is QuotaExhausted


@pytest.mark.parametrize(
    ("status", "said", "code"),
    [
        (400, "The model `gpt-9` does not exist or you do not have access to it.", "model_not_found"),
        (403, "Project `p` does not have access to model `gpt-9`", None),
        (401, "The model gpt-9 does not exist", None),
        (400, "Model Not Exist", "invalid_request_error"),
        (400, "gpt-9 is not a valid model ID", 400),
        (400, "Invalid model name passed in model=gpt-9. Call `/v1/models` to view available models", None),
        (400, "The provided model identifier is invalid.", "ValidationException"),
        (400, "The model `llama-2` has been decommissioned and is no longer supported.", "model_decommissioned"),
        (400, "Unknown model: gpt-9", "unknown_model"),
        (400, "No models loaded. Please load a model in the developer page", None),
        (400, "模型不存在，请检查模型代码。", "1211"),
        (404, "model 'gpt-9' not found", None),
        (404, "404 page not found", None),
    ],
)
def test_an_unknown_model_is_known_whatever_the_status(status: int, said: str, code: Any) -> None:
    assert meaning(status, said, code=code) is ModelNotFound


def test_a_model_that_is_loading_is_asked_again() -> None:
    assert meaning(503, "Model gpt-9 not found: it is currently loading") is ProviderFailed


@pytest.mark.parametrize(
    ("status", "said", "code"),
    [
        (400, "API key not valid. Please pass a valid API key.", 400),
        (400, "Incorrect API key provided: sk-...", "invalid_api_key"),
        (500, "litellm.AuthenticationError: invalid x-api-key", None),
        (400, "login fail: Please carry the API secret key in the 'Authorization' field", 1004),
        (401, "令牌已过期或验证不正确！", "1000"),
    ],
)
def test_a_key_that_is_not_taken_is_known(status: int, said: str, code: Any) -> None:
    assert meaning(status, said, code=code) is KeyRejected


@pytest.mark.parametrize(
    ("status", "said", "code"),
    [
        (400, "The response was filtered due to the prompt triggering content management policy.", "content_filter"),
        (400, "Your request was rejected as a result of our safety system.", "content_policy_violation"),
        (400, "Output data may contain inappropriate content.", "data_inspection_failed"),
        (400, "Content Exists Risk", "invalid_request_error"),
        (400, "The request was rejected because it was considered high risk", "invalid_request_error"),
        (400, "系统检测到输入或生成内容可能包含不安全或敏感内容", "1301"),
        (400, "Output blocked by content filtering policy", "invalid_request_error"),
        (403, "Input flagged by the provider", 403),
        (400, "Violated guardrail policy", None),
        (446, "hooks_failed", None),
        (500, "Prompt blocked due to security configurations", 2016),
    ],
)
def test_a_filter_is_known_by_many_names(status: int, said: str, code: Any) -> None:
    assert meaning(status, said, code=code) is AnswerFiltered


@pytest.mark.parametrize("status", [403, 503])
def test_a_firewall_is_no_filter_of_answers(status: int) -> None:
    page = "<html><head><title>Attention</title></head><body>Sorry, you have been blocked</body></html>"
    assert Complaint.of(status, page, "").meaning in (KeyRejected, ProviderFailed)


def test_what_a_provider_sends_back_of_the_article_means_nothing() -> None:
    article = "The model does not exist, said the moderation board: content_filter, invalid api key. " * 3
    body = {"detail": [{"loc": ["body", "temperature"], "msg": "Input should be a number", "input": article}]}
    complaint = Complaint.of(422, body, "")
    assert complaint.words == "body.temperature: Input should be a number"
    assert complaint.meaning is RequestRejected
    assert meaning(400, "x" * 2000 + article) is RequestRejected


# --- shapes of bodies -------------------------------------------------------------------------------------------

SHAPES = {
    "OpenAI": {"error": {"message": "no such thing", "type": "t", "code": None}},
    "a text": {"error": "no such thing"},
    "Google": [{"error": {"code": 400, "message": "no such thing", "status": "INVALID_ARGUMENT"}}],
    "vLLM": {"object": "error", "message": "no such thing", "type": "BadRequestError", "code": 400},
    "FastAPI": {"detail": "no such thing"},
    "FastAPI, a list": {"detail": [{"msg": "no such thing", "type": "missing"}]},
    "TGI": {"error": "no such thing", "error_type": "validation"},
    "Anthropic": {"type": "error", "error": {"type": "invalid_request_error", "message": "no such thing"}},
    "Cloudflare": {"success": False, "errors": [{"code": 7000, "message": "no such thing"}], "result": None},
    "Databricks": {"error_code": "BAD_REQUEST", "message": "no such thing"},
    "DashScope": {"code": "InvalidParameter", "message": "no such thing", "request_id": "1"},
    "Baidu": {"error_code": 336, "error_msg": "no such thing"},
    "MiniMax": {"base_resp": {"status_code": 2013, "status_msg": "no such thing"}, "choices": None},
    "an error in the words": {"error": {"message": json.dumps({"error": {"message": "no such thing"}})}},
    "a string": json.dumps({"error": "no such thing"}),
    "an event": 'data: {"error": {"message": "no such thing"}}\n\n',
    "text": "no such thing",
    "a page": "<html><head><style>p {}</style></head><body><p>no such <b>thing</b></p></body></html>",
}


@pytest.mark.parametrize("body", SHAPES.values(), ids=SHAPES.keys())
def test_words_are_found_in_bodies_of_any_shape(body: Any) -> None:
    assert Complaint.of(400, body, "otherwise").words == "no such thing"


def test_what_a_gateway_got_is_said_with_what_it_says() -> None:
    raw = json.dumps({"error": {"message": "This model's maximum context length is 8192 tokens", "code": 400}})
    error = {"message": "Provider returned error", "code": 400, "metadata": {"raw": raw, "provider_name": "P"}}
    complaint = Complaint.of(400, {"error": error}, "")
    assert complaint.words == "Provider returned error: This model's maximum context length is 8192 tokens"
    assert complaint.meaning is ContextExceeded


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["error", "message", "code", "detail", "metadata", "choices"]), inner)
        ),
        max_leaves=12,
    ),
    st.sampled_from([0, 400, 413, 429, 500]),
)
def test_any_body_has_a_meaning(body: Any, status: int) -> None:
    assert issubclass(Complaint.of(status, body, "otherwise").meaning, ModelError)
    Complaint.inside(body)


# --- errors with status 200 -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        ({"error": {"message": "Invalid API key provided", "code": 401}}, 401, KeyRejected),
        ({"error": {"message": "Invalid API key provided"}}, 401, KeyRejected),
        ({"error": {"message": "no", "code": "429"}}, 429, ProviderFailed),
        ({"error": {"message": "no", "code": "rate_limit_exceeded"}}, 429, ProviderFailed),
        ({"error": {"message": "no", "type": "insufficient_quota"}}, 402, QuotaExhausted),
        ({"error": "The model `m` does not exist"}, 404, ModelNotFound),
        ({"error": "Unexpected endpoint or method. (POST /chat/completions)"}, 404, ModelNotFound),
        ({"error": {"type": "overloaded_error", "message": "Overloaded"}}, 503, ProviderFailed),
        ({"error": {"status": "UNAUTHENTICATED", "message": "no"}}, 401, KeyRejected),
        ({"error": {"message": "busy"}}, 0, ProviderFailed),
        ({"error": "Unauthorized"}, 401, KeyRejected),
        ({"status": "error", "message": "401 Unauthorized"}, 401, KeyRejected),
        ({"choices": [{"message": {"error": {"code": 502, "message": "no"}}}]}, 502, ProviderFailed),
        (
            {"errors": [{"code": 10000, "message": "Authentication error", "type": "authentication"}]},
            401,
            KeyRejected,
        ),
        ({"detail": "Input is too long for requested model."}, 413, ContextExceeded),
        ({"code": "rate_limit_daily", "message": "Error code: 429 - slow down"}, 429, ProviderFailed),
        ({"code": "InvalidApiKey", "message": "no"}, 401, KeyRejected),
        ({"message": "no", "code": 500}, 500, ProviderFailed),
        ({"statusCode": 403, "message": "Forbidden"}, 403, KeyRejected),
        (
            {"choices": None, "base_resp": {"status_code": 1008, "status_msg": "insufficient balance"}},
            402,
            QuotaExhausted,
        ),
        ({"choices": [], "promptFeedback": {"blockReason": "SAFETY"}}, 400, AnswerFiltered),
        ({"choices": [{"error": {"code": 502, "message": "Provider returned error"}}]}, 502, ProviderFailed),
        ([{"error": {"code": 400, "message": "no", "status": "INVALID_ARGUMENT"}}], 400, RequestRejected),
    ],
)
def test_an_error_with_status_200_is_what_it_says(body: Any, status: int, kind: type[ModelError]) -> None:
    complaint = Complaint.inside(body)
    assert complaint and (complaint.status, complaint.meaning) == (status, kind)


@pytest.mark.parametrize(
    "body",
    [
        {"choices": [{"message": {"content": "{}"}}], "error": None, "code": 0, "message": "success"},
        {
            "choices": [{"message": {"content": "{}"}, "error": None}],
            "base_resp": {"status_code": 0, "status_msg": ""},
        },
        {"code": 200, "message": "success", "data": {"choices": []}},
        {"choices": [{"message": {"content": "error: 500"}}], "errors": []},
        {"choices": []},
        {"id": "1", "object": "chat.completion", "model": "m"},
        "text",
        None,
        [1],
    ],
)
def test_an_answer_is_no_error(body: Any) -> None:
    assert Complaint.inside(body) is None


# --- advice -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "is_hinted"),
    [
        ("http://127.0.0.1:8000/chat/completions", True),
        ("http://127.0.0.1:8000/api/chat/completions", True),
        ("http://127.0.0.1:8000/v1/chat/completions", False),
        ("https://host/v1beta/openai/chat/completions", False),
        ("https://host/api/paas/v4/chat/completions", False),
        ("https://host/openai/deployments/m/chat/completions?api-version=2024-10-21", False),
    ],
)
def test_v1_is_named_only_where_the_address_has_no_version(address: str, is_hinted: bool) -> None:
    assert ("/v1" in Complaint(404, "", "404 page not found").hint(address)) == is_hinted
    assert Complaint(404, "", "model 'm' not found").hint(address) == ""
    assert Complaint(500, "", "404 page not found").hint(address) == ""


def test_more_tokens_than_a_minute_has_are_not_asked_for_again() -> None:
    too_many = Complaint(413, "rate_limit_exceeded", "on tokens per minute (TPM): Limit 6000, Requested 14,810")
    assert not too_many.may_pass and "context_tokens" in too_many.hint("")
    too_soon = Complaint(429, "", "tokens per minute (TPM): Limit 5000, Used 4747, Requested ~4251. Try again in 9s")
    assert too_soon.may_pass and too_soon.hint("") == ""

// Calls a running simulator with OpenRouter's own client, which checks every reply against its schemas.
// Arguments: base URL, accepted key. Prints one line "accepted: ..." or the first refusal, and then ends with code 1.
import assert from "node:assert/strict";
import { OpenRouter } from "@openrouter/sdk";
import * as errors from "@openrouter/sdk/models/errors";

const [serverURL, apiKey] = process.argv.slice(2);
const options = { serverURL, retryConfig: { strategy: "none" } };
const client = new OpenRouter({ apiKey, ...options });
const accepted = [];

function request(trial, more) {
  return {
    chatRequest: {
      model: "acme/thinker",
      messages: [{ role: "user", content: "question number 1." }],
      metadata: { rtel_trial: trial },
      ...more,
    },
  };
}

async function step(name, action) {
  try {
    await action();
    accepted.push(name);
  } catch (error) {
    console.error(`${name}: ${error.pretty?.() ?? error.stack}`);
    process.exit(1);
  }
}

async function refused(name, type, status, action) {
  await step(name, async () => {
    await assert.rejects(action, (error) => {
      assert.equal(error.constructor, type, `${error.constructor.name}: ${error.pretty?.() ?? error}`);
      assert.equal(error.statusCode, status);
      return true;
    });
  });
}

async function stream(trial, more) {
  const chunks = [];
  for await (const chunk of await client.chat.send(request(trial, { stream: true, ...more }))) {
    chunks.push(chunk);
  }
  return chunks;
}

function text(chunks, field) {
  return chunks.map((chunk) => chunk.choices[0]?.delta[field] ?? "").join("");
}

let id;
let whole;
await step("completion", async () => {
  whole = await client.chat.send(request("plain"));
  id = whole.id;
  assert.match(whole.choices[0].message.content, / 1$/);
  assert.equal(whole.usage.totalTokens, whole.usage.promptTokens + whole.usage.completionTokens);
  assert.ok(whole.usage.completionTokensDetails.reasoningTokens > 0);
});

await step("stream", async () => {
  const chunks = await stream("plain");
  const last = chunks[chunks.length - 1];
  assert.equal(text(chunks, "content"), whole.choices[0].message.content);
  assert.equal(text(chunks, "reasoning"), whole.choices[0].message.reasoning);
  assert.deepEqual(last.usage, whole.usage);
});

for (const model of ["acme/always", "acme/plain", "acme/signed", "open/weights"]) {
  await step(model, async () => {
    const reply = await client.chat.send(request("plain", { model }));
    const chunks = await stream("plain", { model });
    assert.equal(text(chunks, "content"), reply.choices[0].message.content);
    assert.deepEqual(chunks[chunks.length - 1].usage, reply.usage);
  });
}

for (const shape of ["parts", "null", "null-finish", "unknown-finish", "tool-calls", "empty-choices", "details-null"]) {
  await step(`shape ${shape}`, async () => {
    await client.chat.send(request(shape));
    assert.ok((await stream(shape)).length > 1);
  });
}

await step("error in a stream", async () => {
  const chunks = await stream("stream-error");
  assert.equal(chunks[chunks.length - 1].error.code, 502);
});

await step("generation", async () => {
  const { data } = await client.generations.getGeneration({ id });
  assert.equal(data.nativeTokensCompletion, whole.usage.completionTokens);
  assert.equal(data.nativeTokensReasoning, whole.usage.completionTokensDetails.reasoningTokens);
  assert.equal(data.totalCost, whole.usage.cost);
});

await step("models", async () => {
  const ids = [];
  for await (const page of await client.models.list()) {
    const data = page.result?.data ?? page.data;
    ids.push(...data.map((model) => model.id));
  }
  assert.ok(ids.includes("acme/thinker") && ids.includes("open/weights"), `${ids}`);
});

await step("endpoints", async () => {
  const { data } = await client.endpoints.list({ author: "open", slug: "weights" });
  assert.deepEqual(data.endpoints.map((endpoint) => endpoint.tag), ["deepinfra/fp4", "deepinfra/fp8", "novita"]);
});

await step("key", async () => {
  const { data } = await client.apiKeys.getCurrentKeyMetadata();
  assert.ok(data.usage > 0 && data.limitRemaining > 0);
});

await step("credits", async () => {
  const { data } = await client.credits.getCredits();
  assert.ok(data.totalUsage > 0 && data.totalCredits > data.totalUsage);
});

await refused("missing record", errors.NotFoundResponseError, 404, () =>
  client.generations.getGeneration({ id: "gen-1" }));
await refused("unknown model", errors.BadRequestResponseError, 400, () =>
  client.chat.send(request("plain", { model: "acme/none" })));
await refused("wrong key", errors.UnauthorizedResponseError, 401, () =>
  new OpenRouter({ apiKey: "sk-wrong", ...options }).chat.send(request("plain")));
await refused("too little credit", errors.PaymentRequiredResponseError, 402, () =>
  client.chat.send(request("plain", { model: "acme/dear" })));

for (const [status, type] of [
  [400, errors.BadRequestResponseError],
  [401, errors.UnauthorizedResponseError],
  [402, errors.PaymentRequiredResponseError],
  [403, errors.ForbiddenResponseError],
  [404, errors.NotFoundResponseError],
  [408, errors.RequestTimeoutResponseError],
  [412, errors.OpenRouterDefaultError],
  [413, errors.PayloadTooLargeResponseError],
  [422, errors.UnprocessableEntityResponseError],
  [429, errors.TooManyRequestsResponseError],
  [500, errors.InternalServerResponseError],
  [502, errors.BadGatewayResponseError],
  [503, errors.ServiceUnavailableResponseError],
  [504, errors.OpenRouterDefaultError],
  [524, errors.EdgeNetworkTimeoutResponseError],
  [529, errors.ProviderOverloadedResponseError],
]) {
  for (const form of ["standard", "no-metadata", "availability", "raw-text", "raw-object", "moderation"]) {
    await refused(`${status} ${form}`, type, status, () => client.chat.send(request(`${form}-${status}`)));
  }
  await refused(`${status} for a stream`, type, status, () => stream(`standard-${status}`));
}
for (const trial of ["rate-limited", "daily-limit"]) {
  await refused(trial, errors.TooManyRequestsResponseError, 429, () => client.chat.send(request(trial)));
}
await refused("out of credit", errors.PaymentRequiredResponseError, 402, () =>
  client.chat.send(request("out-of-credit")));

console.log(`accepted: ${accepted.length} replies: ${accepted.filter((name) => !/^\d/.test(name)).join(", ")},`
  + " and every status as its own class of error");

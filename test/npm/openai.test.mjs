// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)

// OpenAI's own client against the plain surface, /v1.
import OpenAI from 'openai';
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { key, model, randomName, startGateway } from './programs.mjs';

let gateway;
let client;

before(async () => {
    gateway = await startGateway();
    client = new OpenAI({ baseURL: gateway.url + '/v1', apiKey: key, maxRetries: 0 });
});
after(() => gateway.stop());

const weather = {
    type: 'function',
    function: {
        name: 'get_weather',
        description: 'The weather in a city.',
        parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    },
};

async function collect(stream) {
    const chunks = [];
    for await (const chunk of stream) chunks.push(chunk);
    return chunks;
}

const textOf = (chunks) => chunks.map((chunk) => chunk.choices[0]?.delta?.content ?? '').join('');

test('create answers, with usage', async () => {
    const { data, response } = await client.chat.completions
        .create({ model, messages: [{ role: 'user', content: 'Hello' }] })
        .withResponse();
    assert.equal(data.object, 'chat.completion');
    assert.equal(data.model, model);
    assert.match(data.id, /^chatcmpl-/);
    assert.equal(data.choices.length, 1);
    assert.equal(data.choices[0].index, 0);
    assert.equal(data.choices[0].finish_reason, 'stop');
    assert.equal(data.choices[0].message.role, 'assistant');
    assert.ok(data.choices[0].message.content.length > 0);
    assert.ok(data.usage.prompt_tokens > 0);
    assert.ok(data.usage.completion_tokens > 0);
    assert.equal(data.usage.total_tokens, data.usage.prompt_tokens + data.usage.completion_tokens);
    assert.ok(Math.abs(data.created - Date.now() / 1000) < 600);
    assert.ok(response.headers.get('x-request-id'));
});

test('the model remembers what was said', async () => {
    const name = randomName();
    const answer = await client.chat.completions.create({
        model,
        messages: [
            { role: 'user', content: `Hello, my name is ${name}.` },
            { role: 'assistant', content: 'Hello.' },
            { role: 'user', content: 'What is my name?' },
        ],
    });
    assert.ok(answer.choices[0].message.content.includes(name));
});

test('a stream says the same, piece by piece', async () => {
    const request = { model, messages: [{ role: 'user', content: 'I am worried about my work.' }] };
    const whole = await client.chat.completions.create(request);
    const chunks = await collect(await client.chat.completions.create({ ...request, stream: true }));
    assert.ok(chunks.length > 3);
    for (const member of ['id', 'created', 'model', 'object'])
        assert.equal(new Set(chunks.map((chunk) => chunk[member])).size, 1, member);
    assert.equal(chunks[0].object, 'chat.completion.chunk');
    assert.equal(chunks[0].choices[0].delta.role, 'assistant');
    assert.equal(textOf(chunks), whole.choices[0].message.content);
    const finished = chunks.filter((chunk) => chunk.choices[0]?.finish_reason);
    assert.equal(finished.length, 1);
    assert.equal(finished[0].choices[0].finish_reason, 'stop');
    assert.ok(chunks.every((chunk) => chunk.choices.length === 1), 'no usage chunk that nobody asked for');
});

test('include_usage adds one chunk without choices', async () => {
    const chunks = await collect(
        await client.chat.completions.create({
            model,
            messages: [{ role: 'user', content: 'Hello' }],
            stream: true,
            stream_options: { include_usage: true },
        }),
    );
    const usage = chunks.at(-1);
    assert.deepEqual(usage.choices, []);
    assert.equal(usage.usage.total_tokens, usage.usage.prompt_tokens + usage.usage.completion_tokens);
    assert.ok(chunks.slice(0, -1).every((chunk) => chunk.usage === null && chunk.choices.length === 1));
});

test("the client's own accumulator agrees with the stream", async () => {
    const stream = client.chat.completions.stream({ model, messages: [{ role: 'user', content: 'Hello there' }] });
    let text = '';
    stream.on('content', (delta) => (text += delta));
    const final = await stream.finalChatCompletion();
    assert.equal(final.choices[0].message.content, text);
    assert.equal(final.choices[0].finish_reason, 'stop');
});

for (const streaming of [false, true]) {
    test(`a tool makes the round trip (${streaming ? 'stream' : 'whole'})`, async () => {
        const messages = [{ role: 'user', content: 'Please call get_weather for Lisbon.' }];
        const ask = async () => {
            const request = { model, messages, tools: [weather] };
            if (!streaming) return (await client.chat.completions.create(request)).choices[0];
            return (await client.chat.completions.stream(request).finalChatCompletion()).choices[0];
        };
        const first = await ask();
        assert.equal(first.finish_reason, 'tool_calls');
        assert.equal(first.message.tool_calls.length, 1);
        const call = first.message.tool_calls[0];
        assert.ok(call.id);
        assert.equal(call.type, 'function');
        assert.equal(call.function.name, 'get_weather');
        assert.equal(typeof JSON.parse(call.function.arguments), 'object');

        const mark = randomName();
        messages.push(first.message, { role: 'tool', tool_call_id: call.id, content: `sunny, says ${mark}` });
        const second = await ask();
        assert.equal(second.finish_reason, 'stop');
        assert.ok(second.message.content.includes(mark), 'the answer uses what the tool returned');
    });
}

test('runTools calls our function and ends', async () => {
    let called = 0;
    const runner = client.chat.completions.runTools({
        model,
        stream: true,
        messages: [{ role: 'user', content: 'Please call get_weather for Porto.' }],
        tools: [
            {
                type: 'function',
                function: {
                    ...weather.function,
                    parse: JSON.parse,
                    function: () => {
                        ++called;
                        return 'rain';
                    },
                },
            },
        ],
    });
    assert.match(await runner.finalContent(), /rain/);
    assert.equal(called, 1);
});

test('a stream that the caller leaves harms nobody', async () => {
    for (let i = 0; i < 5; ++i) {
        const stream = await client.chat.completions.create({
            model,
            messages: [{ role: 'user', content: 'Tell me a long story.' }],
            stream: true,
        });
        for await (const chunk of stream) {
            assert.equal(chunk.object, 'chat.completion.chunk');
            stream.controller.abort();
            break;
        }
    }
    const answer = await client.chat.completions.create({ model, messages: [{ role: 'user', content: 'Still there?' }] });
    assert.equal(answer.choices[0].finish_reason, 'stop');
});

test('many streams at once', async () => {
    const names = Array.from({ length: 20 }, randomName);
    await Promise.all(
        names.map(async (name) => {
            const chunks = await collect(
                await client.chat.completions.create({
                    model,
                    messages: [
                        { role: 'user', content: `My name is ${name}.` },
                        { role: 'user', content: 'What is my name?' },
                    ],
                    stream: true,
                }),
            );
            assert.ok(textOf(chunks).includes(name));
        }),
    );
});

test('models', async () => {
    const list = [];
    for await (const entry of client.models.list()) list.push(entry);
    assert.ok(list.some((entry) => entry.id === model && entry.object === 'model' && entry.owned_by));
    assert.equal((await client.models.retrieve(model)).id, model);
    await assert.rejects(client.models.retrieve('no-such-model'), (error) => {
        assert.ok(error instanceof OpenAI.NotFoundError);
        assert.equal(error.code, 'model_not_found');
        return true;
    });
});

test('errors become the classes the client has for them', async () => {
    const messages = [{ role: 'user', content: 'Hello' }];
    const stranger = new OpenAI({ baseURL: gateway.url + '/v1', apiKey: 'not-the-key', maxRetries: 0 });
    for (const stream of [false, true]) {
        await assert.rejects(stranger.chat.completions.create({ model, messages, stream }), (error) => {
            assert.ok(error instanceof OpenAI.AuthenticationError);
            assert.equal(error.status, 401);
            assert.ok(error.requestID);
            assert.ok(!error.message.includes('not-the-key'));
            return true;
        });
        await assert.rejects(client.chat.completions.create({ model, messages: 'Hello', stream }), (error) => {
            assert.ok(error instanceof OpenAI.BadRequestError);
            assert.equal(error.type, 'invalid_request_error');
            assert.equal(error.param, 'messages');
            return true;
        });
        await assert.rejects(client.chat.completions.create({ model, messages: [], stream }), OpenAI.BadRequestError);
        await assert.rejects(client.chat.completions.create({ model, stream }), OpenAI.BadRequestError);
    }
    await assert.rejects(client.get('/nothing/here'), OpenAI.NotFoundError);
});

test('a gateway that answers for named models only refuses the others', async () => {
    const strict = await startGateway({ config: 'test/npm/named_models.json' });
    try {
        const messages = [{ role: 'user', content: 'Hello' }];
        const client = new OpenAI({ baseURL: strict.url + '/v1', apiKey: key, maxRetries: 0 });
        for (const stream of [false, true])
            await assert.rejects(client.chat.completions.create({ model: 'no-such-model', messages, stream }), (error) => {
                assert.ok(error instanceof OpenAI.NotFoundError);
                assert.equal(error.code, 'model_not_found');
                return true;
            });
        assert.equal((await client.chat.completions.create({ model, messages })).model, model);
    } finally {
        await strict.stop();
    }
});

// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)

// The Pathors surface: OpenAI's own client for completions, fetch for sessions.
import OpenAI from 'openai';
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { key, pathorsPath, randomName, startGateway } from './programs.mjs';

let gateway;
let base;
let client;

before(async () => {
    gateway = await startGateway();
    base = gateway.url + pathorsPath;
    client = new OpenAI({ baseURL: base, apiKey: key, maxRetries: 0 });
});
after(() => gateway.stop());

const model = 'pathway-default';
const say = (content, more) => ({ model, messages: [{ role: 'user', content }], ...more });

async function call(method, path, body, headers = {}) {
    const response = await fetch(base + path, {
        method,
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
        body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : undefined };
}

test('an answer names what answered and the session it made', async () => {
    const { data, response } = await client.chat.completions.create(say('Hello')).withResponse();
    assert.equal(data.model, 'pathway-default');
    assert.equal(data.object, 'chat.completion');
    assert.equal(data.choices[0].finish_reason, 'stop');
    assert.ok(data.session_id.length >= 16);
    assert.equal(response.headers.get('x-session-id'), data.session_id);
    assert.ok(response.headers.get('x-request-id'));
    const other = await client.chat.completions.create(say('Hello'));
    assert.notEqual(other.session_id, data.session_id);
});

test('a session keeps the conversation', async () => {
    const name = randomName();
    const session_id = randomName();
    await client.chat.completions.create(say(`Hello, my name is ${name}.`, { session_id }));
    const answer = await client.chat.completions.create(say('What is my name?', { session_id }));
    assert.equal(answer.session_id, session_id);
    assert.ok(answer.choices[0].message.content.includes(name));
    const stranger = await client.chat.completions.create(say('What is my name?'));
    assert.ok(!stranger.choices[0].message.content.includes(name));
});

test('the header wins over the body', async () => {
    const [header, body] = [randomName(), randomName()];
    const answer = await client.chat.completions.create(say('Hello', { session_id: body }), {
        headers: { 'X-Session-ID': header },
    });
    assert.equal(answer.session_id, header);
    assert.equal((await call('GET', `/session/${body}`)).status, 404);
});

test('every chunk of a stream carries the session and one choice', async () => {
    const session_id = randomName();
    const { data: stream, response } = await client.chat.completions
        .create(say('I am worried about my work.', { session_id, stream: true, stream_options: { include_usage: true } }))
        .withResponse();
    assert.equal(response.headers.get('x-session-id'), session_id);
    const chunks = [];
    for await (const chunk of stream) chunks.push(chunk);
    assert.ok(chunks.length > 3);
    assert.ok(chunks.every((chunk) => chunk.session_id === session_id && chunk.choices.length === 1));
    assert.ok(chunks.every((chunk) => chunk.model === 'pathway-default' && chunk.id === chunks[0].id));
    assert.equal(chunks[0].choices[0].delta.role, 'assistant');
    assert.ok(chunks.slice(0, -1).every((chunk) => typeof chunk.choices[0].delta.content === 'string'));
    assert.equal(chunks.at(-1).choices[0].finish_reason, 'stop');
    assert.deepEqual(chunks.at(-1).choices[0].delta, {});
    assert.equal(typeof chunks.at(-1).usage.total_tokens, 'number');

    const stored = (await call('GET', `/session/${session_id}`)).body.data.messages;
    assert.equal(stored.length, 2);
    assert.equal(stored[1].content, chunks.map((chunk) => chunk.choices[0].delta.content ?? '').join(''));
});

test('a stream that was left is not remembered', async () => {
    const session_id = randomName();
    const stream = await client.chat.completions.create(say('Tell me a long story.', { session_id, stream: true }));
    for await (const chunk of stream) {
        assert.equal(chunk.session_id, session_id);
        stream.controller.abort();
        break;
    }
    const after = await client.chat.completions.create(say('Hello', { session_id }));
    assert.equal(after.choices[0].finish_reason, 'stop');
    const stored = (await call('GET', `/session/${session_id}`)).body.data.messages;
    assert.deepEqual(stored.map((message) => message.role), ['user', 'assistant']);
    assert.equal(stored[0].content, 'Hello');
});

test('a tool makes the round trip in a session', async () => {
    const session_id = randomName();
    const tools = [
        { type: 'function', function: { name: 'get_weather', parameters: { type: 'object', properties: {} } } },
    ];
    const first = await client.chat.completions.create(say('Please call get_weather.', { session_id, tools }));
    assert.equal(first.choices[0].finish_reason, 'tool_calls');
    const call = first.choices[0].message.tool_calls[0];
    assert.equal(call.function.name, 'get_weather');
    const mark = randomName();
    const second = await client.chat.completions.create({
        model,
        session_id,
        tools,
        messages: [{ role: 'tool', tool_call_id: call.id, content: mark }],
    });
    assert.equal(second.choices[0].finish_reason, 'stop');
    assert.ok(second.choices[0].message.content.includes(mark));
});

test('sessions are made, asked for and ended', async () => {
    const id = randomName();
    const made = await call('POST', '/session', { session_id: id, variables: { city: 'Lisbon', plan: { tier: 1 } } });
    assert.equal(made.status, 200);
    assert.equal(made.body.sessionId, id);
    assert.equal(typeof made.body.pathwayId, 'string');

    await client.chat.completions.create(say('Hello', { session_id: id }));
    const again = await call('POST', '/session', { session_id: id, variables: { city: 'Porto', more: true } });
    assert.equal(again.status, 200);
    const asked = await call('GET', `/session/${id}`);
    assert.equal(asked.status, 200);
    assert.equal(asked.body.sessionId, id);
    assert.deepEqual(asked.body.data.variables, { city: 'Porto', plan: { tier: 1 }, more: true });
    assert.equal(asked.body.data.messages.length, 2, 'the conversation is kept');
    assert.ok(Date.parse(asked.body.createdAt) <= Date.parse(asked.body.updatedAt));

    const ended = await call('DELETE', '/session', { session_id: id });
    assert.equal(ended.status, 200);
    assert.equal(ended.body.success, true);
    assert.equal(ended.body.sessionId, id);
    assert.equal(typeof ended.body.message, 'string');
    const gone = await call('GET', `/session/${id}`);
    assert.equal(gone.status, 404);
    assert.deepEqual(gone.body, { error: 'Session not found' });
});

test('an id may be any text', async () => {
    const id = 'a b/c%?#\u00e9\u4e16';
    const answer = await client.chat.completions.create(say('Hello', { session_id: id }));
    assert.equal(answer.session_id, id);
    const asked = await call('GET', '/session/' + encodeURIComponent(id));
    assert.equal(asked.status, 200);
    assert.equal(asked.body.sessionId, id);
});

test('refusals have the shape of this surface', async () => {
    for (const body of [{}, { session_id: '' }, { session_id: null }]) {
        const refused = await call('POST', '/session', body);
        assert.equal(refused.status, 400);
        assert.deepEqual(refused.body, { error: 'session_id is required' });
    }
    for (const body of [{}, { messages: [] }, { messages: 'Hello' }, '{"messages": [}', '[]', 'null']) {
        const refused = await call('POST', '/chat/completions', body);
        assert.equal(refused.status, 400, JSON.stringify(body));
        assert.deepEqual(Object.keys(refused.body), ['error']);
        assert.equal(typeof refused.body.error, 'string');
    }
    const stranger = await call('POST', '/chat/completions', say('Hello'), { authorization: 'Bearer wrong' });
    assert.equal(stranger.status, 401);
    assert.deepEqual(stranger.body, { error: 'Invalid authentication' });
    const elsewhere = await fetch(gateway.url + pathorsPath.replace('prj_demo', 'prj_other') + '/chat/completions', {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify(say('Hello')),
    });
    assert.equal(elsewhere.status, 401);
    const nowhere = await call('GET', '/nothing');
    assert.equal(nowhere.status, 404);
    assert.equal(typeof nowhere.body.error, 'string');
});

test('errors become the classes the client has for them', async () => {
    const stranger = new OpenAI({ baseURL: base, apiKey: 'wrong', maxRetries: 0 });
    for (const stream of [false, true]) {
        await assert.rejects(stranger.chat.completions.create(say('Hello', { stream })), (error) => {
            assert.ok(error instanceof OpenAI.AuthenticationError);
            assert.equal(error.status, 401);
            return true;
        });
        await assert.rejects(client.chat.completions.create({ model, stream }), OpenAI.BadRequestError);
    }
    await assert.rejects(client.get('/nothing'), OpenAI.NotFoundError);
});

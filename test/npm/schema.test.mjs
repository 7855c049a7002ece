// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)

// OpenAI's published types, as its own client library declares them, made into closed JSON Schemas while the test runs:
// docs/protocol.md has every member of them; what our programs send validates; and an object with all members goes
// through our reader and writer unchanged.
import Ajv from 'ajv';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { createGenerator } from 'ts-json-schema-generator';
import { jsonLines, key, model, program, root, run, startGateway } from './programs.mjs';

// ---- the published schemas

const declarations = (file) => path.join(root, 'test/npm/node_modules/openai/resources', file);
const generator = (file) =>
    createGenerator({
        path: declarations(file),
        expose: 'none',
        topRef: false,
        jsDoc: 'none',
        additionalProperties: false,
        skipTypeCheck: true,
    });
const chat = generator('chat/completions/completions.d.ts');
const published = {
    request: chat.createSchema('ChatCompletionCreateParamsBase'),
    completion: chat.createSchema('ChatCompletion'),
    chunk: chat.createSchema('ChatCompletionChunk'),
    error_object: generator('shared.d.ts').createSchema('ErrorObject'),
    model: generator('models.d.ts').createSchema('Model'),
};

const ajv = new Ajv({ strict: true, allowUnionTypes: true });
const validators = Object.fromEntries(Object.entries(published).map(([name, schema]) => [name, ajv.compile(schema)]));

function assertValid(name, value) {
    const validate = validators[name];
    assert.ok(validate(value), `${ajv.errorsText(validate.errors)}: ${JSON.stringify(value)}`);
}

const alternatives = (schema) => schema.anyOf ?? schema.oneOf ?? schema.allOf ?? [schema];

// ---- docs/protocol.md

// { object: { member: [objects its type links to] } }
function readPage(text) {
    const page = {};
    let members;
    for (const line of text.split('\n')) {
        const heading = /^### (\w+)$/.exec(line);
        const cells = line.split(' | ');
        if (heading) members = page[heading[1]] = {};
        else if (line.startsWith('| `'))
            members[/`(.*?)`/.exec(cells[0])[1]] = [...cells[2].matchAll(/\(#(\w+)\)/g)].map((link) => link[1]);
    }
    return page;
}

// What of a schema is not on the page, looked for under one of those headings.
function missing(page, schema, headings, at) {
    return alternatives(schema).flatMap((one) => {
        if (one !== schema) return missing(page, one, headings, at);
        if (schema.items) return missing(page, schema.items, headings, at + '[]');
        if (typeof schema.additionalProperties === 'object')
            return missing(page, schema.additionalProperties, headings, at + '.*');
        if (!schema.properties) return [];
        const names = Object.keys(schema.properties);
        const lacking = (heading) => names.filter((name) => !page[heading]?.[name]);
        const best = headings.toSorted((a, b) => lacking(a).length - lacking(b).length)[0];
        if (!best) return [`${at}: no table`];
        return [
            ...lacking(best).map((name) => `${at}.${name}: not under ### ${best}`),
            ...names
                .filter((name) => page[best]?.[name])
                .flatMap((name) => missing(page, schema.properties[name], page[best][name], `${at}.${name}`)),
        ];
    });
}

const pageText = readFileSync(path.join(root, 'docs/protocol.md'), 'utf8');
const missingIn = (text) =>
    Object.entries(published).flatMap(([name, schema]) => missing(readPage(text), schema, [name], name));

test('every published member is in docs/protocol.md', () => {
    assert.deepEqual(missingIn(pageText), []);
});

test('a member that is taken out of the page is missed', () => {
    const rows = pageText.split('\n').filter((line) => line.startsWith('| `'));
    assert.ok(rows.length > 200);
    let missed = 0;
    for (const row of rows) if (missingIn(pageText.replace(row + '\n', '')).length > 0) ++missed;
    // the others are services' own, or superseded spellings that are no longer published
    assert.ok(missed > rows.length * 0.9, `${missed} of ${rows.length}`);
});

// ---- an object with every member

// How many samples it takes to have each alternative in one of them.
function variants(schema) {
    if (schema.anyOf) return schema.anyOf.length * Math.max(...schema.anyOf.map(variants));
    if (schema.properties) return Math.max(1, ...Object.values(schema.properties).map(variants));
    if (schema.enum) return schema.enum.length;
    return Array.isArray(schema.type) ? schema.type.length : 1;
}

// The k-th sample: all members; of alternatives the k-th, in an array one element for each.
function sample(schema, k = 0) {
    if (schema.anyOf) return sample(schema.anyOf[k % schema.anyOf.length], Math.floor(k / schema.anyOf.length));
    if ('const' in schema) return schema.const;
    if (schema.enum) return schema.enum[k % schema.enum.length];
    if (schema.properties)
        return Object.fromEntries(Object.entries(schema.properties).map(([name, s]) => [name, sample(s, k)]));
    if (schema.items) return Array.from({ length: variants(schema.items) }, (_, i) => sample(schema.items, i));
    switch (Array.isArray(schema.type) ? schema.type[k % schema.type.length] : schema.type) {
        case 'object':
            return Object.fromEntries(['z', 'k\u00e9y "2"', ''].map((name, i) => [name, sample(schema.additionalProperties || {}, i)]));
        case 'string':
            return 'te"xt \u00e9\n';
        case 'number':
            return 1;
        case 'boolean':
            return k % 2 === 0;
        case 'null':
            return null;
        default:
            return { any: [1, null] }; // what the types leave open
    }
}

const samples = (name) => Array.from({ length: variants(published[name]) }, (_, k) => sample(published[name], k));

test('the schemas are closed', () => {
    for (const name of Object.keys(published)) {
        const [value] = samples(name);
        assertValid(name, value);
        assert.throws(() => assertValid(name, { ...value, unpublished: 1 }), /additional properties/);
        for (const member of published[name].required) {
            const { [member]: gone, ...rest } = value;
            assert.throws(() => assertValid(name, rest), new RegExp(member));
        }
    }
});

test('chunks with every member, decoded and written', async () => {
    const sent = samples('chunk');
    assert.ok(sent.length >= 4);
    for (const chunk of sent) assertValid('chunk', chunk);
    const input = sent.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join('') + 'data: [DONE]\n\n';
    const { out } = await run(program('decode'), [], { input });
    const got = jsonLines(out).filter((line) => line.event === 'chunk').map((line) => line.data);
    got.forEach((chunk) => assertValid('chunk', chunk));
    assert.deepEqual(got, sent, out);
});

test('the completion that chunks with every member make', async () => {
    for (const chunk of samples('chunk')) {
        // one choice that makes sense: a whole answer has a reason for its end, a call is of one type
        const choice = { ...chunk.choices[0], index: 0, finish_reason: 'stop' };
        choice.delta.role = 'assistant';
        choice.delta.tool_calls.forEach((call, index) => {
            call.index = index;
            delete call[call.type === 'custom' ? 'function' : 'custom'];
        });
        chunk.choices = [choice];
        const input = `data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`;
        const { code, out } = await run(program('decode'), ['--fold'], { input });
        assert.equal(code, 0, out);
        const { data } = jsonLines(out).find((line) => line.event === 'completion');
        assertValid('completion', data);
        const { audio, tool_calls } = chunk.choices[0].delta;
        assert.deepEqual(data.choices[0].message.audio, audio);
        assert.equal(data.choices[0].message.tool_calls.length, tool_calls.length);
    }
});

// ---- what our client sends and reads

// A service that answers with a JSON text, or with an event stream, and keeps the bodies it gets.
async function serve(t, answer) {
    const bodies = [];
    const server = http.createServer(async (request, response) => {
        let body = '';
        for await (const piece of request.setEncoding('utf8')) body += piece;
        bodies.push(body);
        const text = answer();
        const type = text.startsWith('data:') ? 'text/event-stream' : 'application/json';
        response.writeHead(200, { 'Content-Type': type }).end(text);
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    const args = ['--base-url', `http://127.0.0.1:${server.address().port}/v1`, '--json'];
    t.after(() => server.close());
    return { bodies, args };
}

test('completions with every member, read and written', async (t) => {
    const sent = samples('completion');
    let next = 0;
    const service = await serve(t, () => JSON.stringify(sent[next++]));
    for (const completion of sent) {
        assertValid('completion', completion);
        const { out } = await run(program('chat'), [...service.args, '--no-stream', 'Hello']);
        const { data } = jsonLines(out).find((line) => line.event === 'completion') ?? {};
        assertValid('completion', data);
        assert.deepEqual(data, completion, out);
    }
});

test('requests with every member, read and sent', async (t) => {
    const service = await serve(t, () => 'data: [DONE]\n\n');
    for (const request of samples('request')) {
        request.stream = true;
        assertValid('request', request);
        const send = async (input) => {
            const { out, err } = await run(program('chat'), [...service.args, '--request', '-'], { input });
            assert.ok(service.bodies.length > 0, out + err);
            return service.bodies.pop();
        };
        const text = await send(JSON.stringify(request));
        assert.deepEqual(JSON.parse(text), request);
        // in our order it is the same text, byte for byte
        assert.equal(await send(text), text);
    }
});

// ---- what our server answers

let gateway;
before(async () => (gateway = await startGateway()));
after(() => gateway.stop());

const ask = (body, target = '/v1/chat/completions') =>
    fetch(gateway.url + target, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${key}` },
        body: JSON.stringify(body),
    });
const hello = [{ role: 'user', content: 'Hello, my name is Ada.' }];
const weather = {
    type: 'function',
    function: { name: 'get_weather', parameters: { type: 'object', properties: { city: { type: 'string' } } } },
};
const sql = {
    type: 'custom',
    custom: { name: 'sql', format: { type: 'grammar', grammar: { definition: 'a+', syntax: 'regex' } } },
};
const requests = {
    plain: { messages: hello },
    'several choices': { messages: hello, n: 3 },
    'log probabilities': { messages: hello, logprobs: true, top_logprobs: 2 },
    'a cut answer': { messages: [{ role: 'user', content: 'Tell me a story.' }], max_tokens: 5 },
    tools: { messages: [{ role: 'user', content: "What's the weather in Paris and London?" }], tools: [weather] },
    'the superseded tools': { messages: hello, functions: [weather.function], function_call: 'auto' },
    'what the model does not know': {
        messages: [
            {
                role: 'user',
                content: [
                    { type: 'text', text: 'Hello' },
                    { type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } },
                    { type: 'file', file: { file_id: 'file_1' } },
                ],
            },
        ],
        tools: [sql],
        tool_choice: { type: 'allowed_tools', allowed_tools: { mode: 'auto', tools: [{ type: 'custom', custom: { name: 'sql' } }] } },
        metadata: { topic: 'demo' },
        prediction: { type: 'content', content: 'Hello' },
        web_search_options: {},
    },
};

for (const [name, request] of Object.entries(requests)) {
    test(`an answer is by the schema: ${name}`, async () => {
        assertValid('request', { model, ...request });
        const response = await ask({ model, ...request });
        const completion = await response.json();
        assert.equal(response.status, 200, JSON.stringify(completion));
        assertValid('completion', completion);
        for (const choice of completion.choices) {
            assert.ok('logprobs' in choice);
            assert.ok('refusal' in choice.message);
        }
        assert.ok(!('system_fingerprint' in completion) || completion.system_fingerprint);
    });

    test(`chunks are by the schema: ${name}`, async () => {
        const response = await ask({ model, ...request, stream: true, stream_options: { include_usage: true } });
        assert.equal(response.status, 200);
        const events = (await response.text()).split('\n\n').filter((event) => event.startsWith('data: '));
        assert.equal(events.pop(), 'data: [DONE]');
        const chunks = events.map((event) => JSON.parse(event.slice(6)));
        chunks.forEach((chunk) => assertValid('chunk', chunk));
        assert.ok(chunks.length > 1);
        assert.ok(chunks.at(-1).usage.total_tokens > 0);
        assert.deepEqual(chunks.at(-1).choices, []);
    });
}

test('errors are by the schema', async () => {
    const badSound = { type: 'input_audio', input_audio: { data: 'AAAA', format: 1 } };
    const bodies = [
        {},
        { model, messages: [] },
        { model, messages: [{ role: 'user', content: [badSound] }] },
        { model, messages: hello, temperature: 9 },
    ];
    const params = [];
    for (const body of bodies) {
        const response = await ask(body);
        const { error, ...rest } = await response.json();
        assert.equal(response.status, 400);
        assert.deepEqual(rest, {});
        assertValid('error_object', error);
        params.push(error.param);
    }
    assert.deepEqual(params, ['messages', 'messages', 'messages[0].content[0].input_audio.format', 'temperature']);
    const unknown = await (await ask({}, '/v1/nothing')).json();
    assertValid('error_object', unknown.error);
});

test('models are by the schema', async () => {
    const headers = { Authorization: `Bearer ${key}` };
    const get = async (target) => (await fetch(gateway.url + target, { headers })).json();
    const list = await get('/v1/models');
    assert.equal(list.object, 'list');
    assert.ok(list.data.length > 0);
    list.data.forEach((one) => assertValid('model', one));
    assertValid('model', await get(`/v1/models/${model}`));
});

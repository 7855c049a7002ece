// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)

// Tools served by the Model Context Protocol, to clients that others wrote: the SDK whose connections begin with a
// handshake, the one whose requests stand for themselves, the inspector, and the protocol's own conformance suite. And
// each rule of the stateless revision by itself, in plain HTTP.
import { Client as StatelessClient, StreamableHTTPClientTransport as StatelessTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport as StatelessStdio } from '@modelcontextprotocol/client/stdio';
import {
    CallToolResultSchema, DiscoverResultSchema, InitializeResultSchema, ListToolsResultSchema,
} from '@modelcontextprotocol/core';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import Ajv2020 from 'ajv/dist/2020.js';
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import path from 'node:path';
import readline from 'node:readline';
import { after, before, test } from 'node:test';
import { program, root, run, startServer } from './programs.mjs';

const stateless = '2026-07-28';
const handshakes = ['2025-03-26', '2025-06-18', '2025-11-25'];

let tutorial; // examples/mcp_tools
let suite; // the tools that the conformance suite calls
before(async () => {
    tutorial = await startServer('mcp_tools');
    suite = await startServer('mcp_conformance');
});
after(async () => {
    await tutorial.kill();
    await suite.kill();
});

// ---- plain HTTP

const both = 'application/json, text/event-stream';

// Posts a value, or text; { status, headers, text, json, messages }: the JSON, or the data of the events.
async function post(body, { headers = {}, server = suite, at = '/mcp' } = {}) {
    const answer = await fetch(server.url + at, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Accept: both, ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await answer.text();
    const events = answer.headers.get('content-type') === 'text/event-stream';
    return {
        status: answer.status,
        headers: answer.headers,
        text,
        json: !events && text ? JSON.parse(text) : undefined,
        messages: events ? text.split('\n').filter((l) => l.startsWith('data: ')).map((l) => JSON.parse(l.slice(6))) : [],
    };
}

let lastId = 0;
const request = (method, params) => ({ jsonrpc: '2.0', id: ++lastId, method, ...(params && { params }) });

const meta = (more) => ({
    'io.modelcontextprotocol/protocolVersion': stateless,
    'io.modelcontextprotocol/clientInfo': { name: 'a test', version: '1' },
    'io.modelcontextprotocol/clientCapabilities': {},
    ...more,
});
// A request as the stateless revision wants it, and the fields that go with it.
const alone = (method, params = {}, more = {}) => request(method, { ...params, _meta: meta(more) });
const fieldsOf = (r) => ({
    'MCP-Protocol-Version': r.params._meta['io.modelcontextprotocol/protocolVersion'],
    'Mcp-Method': r.method,
    ...(r.method === 'tools/call' && { 'Mcp-Name': r.params.name }),
});
const postAlone = (r, fields = {}, options = {}) =>
    post(r, { ...options, headers: Object.fromEntries(Object.entries({ ...fieldsOf(r), ...fields }).filter(([, v]) => v !== undefined)) });

function assertError(answer, status, code, id) {
    assert.equal(answer.status, status, answer.text);
    assert.equal(answer.headers.get('content-type'), 'application/json');
    assert.equal(answer.json.jsonrpc, '2.0');
    assert.equal(answer.json.error.code, code, answer.text);
    assert.ok(answer.json.error.message);
    assert.equal(answer.json.id, id);
    assert.ok(!('result' in answer.json));
}

function resultOf(answer, id) {
    assert.equal(answer.status, 200, answer.text);
    const message = answer.json ?? answer.messages.at(-1);
    assert.equal(message.jsonrpc, '2.0');
    assert.equal(message.id, id);
    assert.ok(message.result, answer.text);
    return message.result;
}

// ---- the stateless revision, rule by rule

test('stateless: discovery tells versions, capabilities and how long that holds', async () => {
    const r = alone('server/discover');
    const result = resultOf(await postAlone(r), r.id);
    DiscoverResultSchema.parse(result);
    assert.deepEqual(result.supportedVersions, [stateless, ...handshakes.toReversed()]);
    assert.deepEqual(result.capabilities, { tools: {} });
    assert.equal(result.resultType, 'complete');
    assert.equal(result.ttlMs, 0);
    assert.equal(result.cacheScope, 'private');
    assert.equal(result._meta['io.modelcontextprotocol/serverInfo'].name, 'conformance');
});

test('stateless: lists come in pages, and say how long they hold', async () => {
    const names = [];
    let cursor;
    do {
        const r = alone('tools/list', cursor && { cursor });
        const result = resultOf(await postAlone(r), r.id);
        ListToolsResultSchema.parse(result);
        assert.equal(result.resultType, 'complete');
        assert.equal(result.ttlMs, 0);
        assert.equal(result.cacheScope, 'private');
        assert.ok(result.tools.length > 0 && result.tools.length <= 5);
        names.push(...result.tools.map((tool) => tool.name));
        cursor = result.nextCursor;
    } while (cursor);
    assert.equal(new Set(names).size, names.length);
    assert.ok(names.length > 10);
    for (const wrong of ['0', '9999', 'x', '-5', '']) {
        const r = alone('tools/list', { cursor: wrong });
        assertError(await postAlone(r), 200, -32602, r.id);
    }
});

test('stateless: results say that they are complete, and who gave them', async () => {
    const r = alone('tools/call', { name: 'test_simple_text', arguments: {} });
    const answer = await postAlone(r);
    assert.equal(answer.headers.get('content-type'), 'application/json', 'nothing was to be said before the result');
    const result = resultOf(answer, r.id);
    CallToolResultSchema.parse(result);
    assert.equal(result.resultType, 'complete');
    assert.equal(result.isError, false);
    assert.ok(!('ttlMs' in result) && !('cacheScope' in result));
    assert.deepEqual(result.content, [{ type: 'text', text: 'This is a simple text response for testing.' }]);
});

test('stateless: a request that does not say what it has to is refused', async () => {
    const call = () => alone('tools/call', { name: 'test_simple_text' });
    for (const [name, value] of [
        ['io.modelcontextprotocol/protocolVersion', undefined],
        ['io.modelcontextprotocol/protocolVersion', null],
        ['io.modelcontextprotocol/protocolVersion', 20260728],
        ['io.modelcontextprotocol/clientCapabilities', undefined],
        ['io.modelcontextprotocol/clientCapabilities', null],
        ['io.modelcontextprotocol/clientCapabilities', []],
    ]) {
        const r = call();
        const fields = fieldsOf(r);
        r.params._meta[name] = value;
        assertError(await post(r, { headers: fields }), 400, -32602, r.id);
    }
    for (const damage of [(p) => delete p._meta, (p) => (p._meta = 'x'), (p) => (p._meta = {})]) {
        const r = call();
        const fields = fieldsOf(r);
        damage(r.params);
        assertError(await post(r, { headers: fields }), 400, -32602, r.id);
    }
    const r = { ...call(), params: undefined };
    assertError(await post(r, { headers: fieldsOf(call()) }), 400, -32602, r.id);
    // who the client is, it need not say
    const silent = call();
    delete silent.params._meta['io.modelcontextprotocol/clientInfo'];
    resultOf(await postAlone(silent), silent.id);
});

test('stateless: fields have to say what the body says', async () => {
    const r = alone('tools/call', { name: 'test_simple_text' });
    for (const fields of [
        { 'MCP-Protocol-Version': undefined },
        { 'MCP-Protocol-Version': '2025-11-25' },
        { 'MCP-Protocol-Version': '2027-01-01' },
        { 'Mcp-Method': undefined },
        { 'Mcp-Method': 'tools/list' },
        { 'Mcp-Method': 'Tools/Call' },
        { 'Mcp-Name': undefined },
        { 'Mcp-Name': 'test_image_content' },
        { 'Mcp-Name': 'TEST_SIMPLE_TEXT' },
        { 'Mcp-Name': '' },
        { 'Mcp-Name': '=?base64?dGVzdA==?=' },
        { 'Mcp-Name': '=?base64?not base64?=' },
    ])
        assertError(await postAlone(r, fields), 400, -32020, r.id);
    for (const fields of [
        { 'Mcp-Name': `=?base64?${Buffer.from('test_simple_text').toString('base64')}?=` },
        { 'Mcp-Session-Id': 'of-somebody-else', 'Last-Event-ID': '7' }, // which this revision has not
    ]) {
        const answer = await postAlone(r, fields);
        resultOf(answer, r.id);
        assert.equal(answer.headers.get('mcp-session-id'), null);
    }
    const list = alone('tools/list');
    resultOf(await postAlone(list, { 'Mcp-Name': 'of no tool' }), list.id);
});

test('stateless: a name that is no field value comes encoded', async () => {
    const encoded = (text) => `=?base64?${Buffer.from(text).toString('base64')}?=`;
    for (const name of ['w\u00e9lcome', ' padded ', 'two\nlines', '=?base64?literal?=']) {
        const r = alone('tools/call', { name });
        const answer = await postAlone(r, { 'Mcp-Name': encoded(name) });
        assertError(answer, 200, -32602, r.id); // there is none of that name, but the field was understood
        assert.ok(answer.json.error.message.includes(name));
    }
});

test('stateless: arguments that fields repeat', async () => {
    const r = alone('tools/call', { name: 'repeated', arguments: { region: 'Hello, 世界', deep: { n: 42 } } });
    const region = `=?base64?${Buffer.from('Hello, 世界').toString('base64')}?=`;
    for (const depth of ['42', '42.0']) {
        const result = resultOf(await postAlone(r, { 'Mcp-Param-Region': region, 'Mcp-Param-Depth': depth }), r.id);
        assert.deepEqual(JSON.parse(result.content[0].text), r.params.arguments);
    }
    for (const fields of [
        {},
        { 'Mcp-Param-Region': region },
        { 'Mcp-Param-Region': 'Hello', 'Mcp-Param-Depth': '42' },
        { 'Mcp-Param-Region': region, 'Mcp-Param-Depth': '43' },
        { 'Mcp-Param-Region': '=?base64?***?=', 'Mcp-Param-Depth': '42' },
    ])
        assertError(await postAlone(r, fields), 400, -32020, r.id);
    const none = alone('tools/call', { name: 'repeated', arguments: { region: null } });
    // a null is no value, and so not repeated; that the schema wants a string is for the tool to say
    assert.equal(resultOf(await postAlone(none), none.id).isError, true);
});

test('stateless: a version that is not spoken', async () => {
    for (const version of ['1900-01-01', '2027-12-31', 'x', '2025-11-25', '2025-03-26']) {
        const r = alone('tools/list', {}, { 'io.modelcontextprotocol/protocolVersion': version });
        const answer = await postAlone(r);
        assertError(answer, 400, -32022, r.id);
        assert.deepEqual(answer.json.error.data, { supported: [stateless, ...handshakes.toReversed()], requested: version });
    }
});

test('stateless: what was removed, and what there never was, is not found', async () => {
    for (const method of ['initialize', 'ping', 'nothing/at-all', 'resources/list', 'prompts/list', 'logging/setLevel',
        'subscriptions/listen', 'tools/call/'])
    {
        const r = alone(method);
        assertError(await postAlone(r), 404, -32601, r.id);
    }
});

test('stateless: a capability that a tool needs', async () => {
    const call = (capabilities) =>
        alone('tools/call', { name: 'needs_sampling' }, { 'io.modelcontextprotocol/clientCapabilities': capabilities });
    const r = call({ roots: {} });
    const answer = await postAlone(r);
    assertError(answer, 400, -32021, r.id);
    assert.deepEqual(answer.json.error.data, { requiredCapabilities: { sampling: {} } });
    const able = call({ sampling: {} });
    assert.equal(resultOf(await postAlone(able), able.id).content[0].text, 'had it');
});

test('stateless: notifications are taken, answers are not', async () => {
    const answer = await post({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } },
        { headers: { 'MCP-Protocol-Version': stateless } });
    assert.equal(answer.status, 202);
    assert.equal(answer.text, '');
    assertError(await post({ jsonrpc: '2.0', id: 5, result: {} }, { headers: { 'MCP-Protocol-Version': stateless } }), 400, -32600);
    assertError(await post([alone('tools/list')], { headers: { 'MCP-Protocol-Version': stateless } }), 400, -32600);
});

test('stateless: to go away is to cancel', async () => {
    const r = alone('tools/call', { name: 'waits', arguments: { long: true } }, { progressToken: 'p' });
    const stop = new AbortController();
    const before = suite.child.err.length;
    const answer = await fetch(suite.url + '/mcp', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Accept: both, ...fieldsOf(r) },
        body: JSON.stringify(r),
        signal: stop.signal,
    });
    assert.equal(answer.headers.get('content-type'), 'text/event-stream');
    const reader = answer.body.getReader();
    const { value } = await reader.read();
    assert.match(Buffer.from(value).toString(), /"progressToken":"p","progress":1/);
    stop.abort();
    await assert.rejects(reader.read());
    while (!suite.child.err.slice(before).includes('given up')) await once(suite.child.stderr, 'data');
});

// ---- with a handshake, in plain HTTP

test('a handshake agrees on a version', async () => {
    for (const [asked, agreed] of [...handshakes.map((v) => [v, v]), ['1999-01-01', '2025-11-25'], [stateless, '2025-11-25'],
        ['', '2025-11-25']])
    {
        const r = request('initialize', {
            protocolVersion: asked, capabilities: {}, clientInfo: { name: 'a test', version: '1' },
        });
        const result = resultOf(await post(r, { server: tutorial }), r.id);
        InitializeResultSchema.parse(result);
        assert.deepEqual(result, {
            protocolVersion: agreed,
            capabilities: { tools: {} },
            serverInfo: { name: 'mcp_tools', title: 'Tools of a tutorial', version: '1.0' },
            instructions: 'Divide with divide; models are bad at it.',
        });
    }
    const r = request('initialize', {});
    assertError(await post(r), 200, -32602, r.id);
    const done = await post({ jsonrpc: '2.0', method: 'notifications/initialized' });
    assert.equal(done.status, 202);
    assert.equal(done.text, '');
    assert.equal(done.headers.get('mcp-session-id'), null);
});

test('the field for the version: of a known one, of none, of an unknown one', async () => {
    for (const version of [undefined, ...handshakes]) {
        const r = request('ping');
        const headers = version ? { 'MCP-Protocol-Version': version } : {};
        assert.deepEqual(resultOf(await post(r, { headers }), r.id), {});
        const list = request('tools/list');
        const result = resultOf(await post(list, { headers }), list.id);
        assert.deepEqual(Object.keys(result), ['tools', 'nextCursor']);
        const unknown = request('server/discover');
        assertError(await post(unknown, { headers }), 200, -32601, unknown.id);
    }
    for (const version of ['1999-01-01', 'bogus', '']) {
        const r = request('ping');
        assertError(await post(r, { headers: { 'MCP-Protocol-Version': version } }), 400, -32022, r.id);
        const note = await post({ jsonrpc: '2.0', method: 'notifications/initialized' }, { headers: { 'MCP-Protocol-Version': version } });
        assert.equal(note.status, 400);
    }
});

test('only 2025-03-26 has batches', async () => {
    const batch = [
        request('ping'),
        { jsonrpc: '2.0', method: 'notifications/initialized' },
        request('tools/call', { name: 'test_simple_text' }),
        { jsonrpc: '1.0', id: 'old', method: 'ping' },
        request('initialize', { protocolVersion: '2025-03-26' }),
        request('nothing'),
    ];
    for (const headers of [{}, { 'MCP-Protocol-Version': '2025-03-26' }]) {
        const answer = await post(batch, { headers });
        assert.equal(answer.status, 200, answer.text);
        const byId = Object.fromEntries(answer.json.map((m) => [m.id, m]));
        assert.equal(answer.json.length, 5);
        assert.deepEqual(byId[batch[0].id].result, {});
        assert.equal(byId[batch[2].id].result.content[0].type, 'text');
        assert.equal(byId.old.error.code, -32600);
        assert.equal(byId[batch[4].id].error.code, -32600);
        assert.equal(byId[batch[5].id].error.code, -32601);
    }
    const notes = await post([{ jsonrpc: '2.0', method: 'notifications/initialized' }]);
    assert.equal(notes.status, 202);
    assert.equal(notes.text, '');
    assertError(await post([]), 400, -32600);
    assertError(await post(Array(51).fill(request('ping'))), 400, -32600);
    for (const version of ['2025-06-18', '2025-11-25'])
        assertError(await post(batch, { headers: { 'MCP-Protocol-Version': version } }), 400, -32600);
});

test('what is no request', async () => {
    assertError(await post('{"jsonrpc":"2.0",'), 400, -32700);
    assertError(await post(''), 400, -32700);
    assertError(await post('"text"'), 400, -32600);
    assertError(await post({ jsonrpc: '2.0', id: null, method: 'ping' }), 400, -32600);
    assertError(await post({ jsonrpc: '2.0', id: {}, method: 'ping' }), 400, -32600);
    assertError(await post({ jsonrpc: '1.0', id: 7, method: 'ping' }), 400, -32600, 7);
    assertError(await post({ id: 7, method: 'ping' }), 400, -32600, 7);
    assertError(await post({ jsonrpc: '2.0', id: 7 }), 400, -32600, 7);
    assertError(await post({ jsonrpc: '2.0', id: 7, method: 5 }), 400, -32600, 7);
    assertError(await post({ jsonrpc: '2.0', id: 7, method: 'ping', params: [1] }), 200, -32602, 7);
    assertError(await post({ jsonrpc: '2.0', id: 7, method: 'tools/call', params: {} }), 200, -32602, 7);
    assertError(await post({ jsonrpc: '2.0', id: 7, method: 'tools/call', params: { name: 'test_simple_text', arguments: [] } }), 200, -32602, 7);
    assertError(await post({ jsonrpc: '2.0', id: 7, method: 'tools/call', params: { name: 'none' } }), 200, -32602, 7);
    assert.equal((await post({ jsonrpc: '2.0', id: 7, result: {} })).status, 202);
});

test('ids come back byte for byte', async () => {
    for (const id of ['"a \\u0041"', '0', '-1', '9007199254740993', '1.50', '"1"', '""'])
        assert.ok((await post(`{"jsonrpc":"2.0","id":${id},"method":"ping"}`)).text.includes(`"id":${id},`), id);
});

test('what HTTP says about it', async () => {
    const ping = request('ping');
    const status = async (headers, options = {}) => {
        const answer = await post(ping, { headers, ...options });
        if (answer.status >= 400) assert.equal(answer.json.jsonrpc, '2.0', answer.text);
        return answer.status;
    };
    assert.equal(await status({}), 200);
    for (const accept of ['application/json', '*/*', 'text/event-stream;q=0.5, application/json ; q=1', 'Application/*'])
        assert.equal(await status({ Accept: accept }), 200, accept);
    for (const accept of ['text/event-stream', 'text/html'])
        assert.equal(await status({ Accept: accept }), 406, accept);
    assert.equal(await status({ 'Content-Type': 'application/json; charset=utf-8' }), 200);
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp'])
        assert.equal(await status({ 'Content-Type': type }), 415, type);
    for (const method of ['GET', 'DELETE', 'PUT']) {
        const answer = await fetch(suite.url + '/mcp', { method, headers: { Accept: 'text/event-stream' } });
        assert.equal(answer.status, 405);
        assert.match(answer.headers.get('allow'), /POST/);
        assert.equal((await answer.json()).error.code, -32600);
    }
    assert.equal(await status({}, { at: '/guarded' }), 401);
    assert.equal(await status({ Authorization: 'Bearer wrong' }, { at: '/guarded' }), 401);
    assert.equal(await status({ Authorization: 'Bearer a-key' }, { at: '/guarded' }), 200);
});

test('foreign pages are refused, and foreign names', async () => {
    const ask = (headers) =>
        new Promise((resolve, reject) => {
            const r = http.request(suite.url + '/mcp', {
                method: 'POST', headers: { 'Content-Type': 'application/json', Accept: both, ...headers },
            }, (answer) => {
                answer.resume();
                resolve(answer.statusCode);
            });
            r.on('error', reject);
            r.end(JSON.stringify(request('ping')));
        });
    for (const origin of ['https://evil.example', 'null', `http://127.0.0.1:${suite.port + 1}`])
        assert.equal(await ask({ Origin: origin }), 403, origin);
    for (const origin of [suite.url, `http://localhost:${suite.port}`]) assert.equal(await ask({ Origin: origin }), 200, origin);
    assert.ok((await ask({ Host: 'evil.example' })) >= 400);
});

test('progress, for those who asked for it and can be told', async () => {
    const call = (more, headers) =>
        post(request('tools/call', { name: 'test_tool_with_progress', ...more }), { headers });
    for (const progressToken of ['a token', 0, 7]) {
        const { status, messages } = await call({ _meta: { progressToken } });
        assert.equal(status, 200);
        assert.deepEqual(messages.slice(0, -1),
            [0, 50, 100].map((progress) => ({
                jsonrpc: '2.0', method: 'notifications/progress', params: { progressToken, progress, total: 100 },
            })));
        assert.equal(messages.at(-1).result.content[0].text, 'done');
    }
    for (const answer of [await call({}), await call({ _meta: { progressToken: 1 } }, { Accept: 'application/json' })]) {
        assert.equal(answer.headers.get('content-type'), 'application/json');
        assert.equal(answer.json.result.content[0].text, 'done');
    }
});

test('how tools fail', async () => {
    const call = async (name, args) => {
        const r = request('tools/call', { name, ...(args && { arguments: args }) });
        const result = resultOf(await post(r, { server: name === 'divide' ? tutorial : suite }), r.id);
        assert.equal(result.isError, true);
        return result.content[0].text;
    };
    assert.equal(await call('test_error_handling'), 'This tool intentionally returns an error for testing');
    assert.equal(await call('breaks'), 'The tool has failed', 'what was not meant for the caller is not told');
    assert.match(await call('divide', { dividend: 1 }), /'divisor' is missing/);
    assert.match(await call('divide', { dividend: 1, divisor: '2' }), /'divisor': expected number/);
    assert.match(await call('divide', { dividend: 1, divisor: 2, more: 3 }), /'more' is not known/);
    assert.match(await call('divide', { dividend: 1, divisor: 0 }), /zero/);
});

test('structured values: any from 2026-07-28 on, objects before', async () => {
    const before = request('tools/call', { name: 'a list' });
    assert.deepEqual(resultOf(await post(before), before.id), { content: [{ type: 'text', text: '[1,2]' }], isError: false });
    const now = alone('tools/call', { name: 'a list' });
    assert.deepEqual(resultOf(await postAlone(now), now.id).structuredContent, [1, 2]);
    const object = request('tools/call', { name: 'divide', arguments: { dividend: 1, divisor: 4 } });
    assert.deepEqual(resultOf(await post(object, { server: tutorial }), object.id).structuredContent, { quotient: 0.25 });
});

test('schemas from field tables are JSON Schemas, and refuse what readers refuse', async () => {
    const r = request('tools/list');
    const { tools } = resultOf(await post(r, { server: tutorial }), r.id);
    const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
    const [divide, countdown, dot] = tools;
    assert.deepEqual(divide.annotations, { readOnlyHint: true });
    const validate = ajv.compile(divide.inputSchema);
    assert.ok(validate({ dividend: 1.5, divisor: -2 }));
    for (const wrong of [{}, { dividend: 1 }, { dividend: 1, divisor: '2' }, { dividend: 1, divisor: 2, more: 3 }, [], null])
        assert.ok(!validate(wrong), JSON.stringify(wrong));
    assert.ok(ajv.compile(countdown.inputSchema)({ from: 3 }));
    assert.ok(!ajv.compile(countdown.inputSchema)({ from: 2.5 }));
    assert.ok(ajv.compile(divide.outputSchema)({ quotient: 1 }));
    assert.ok(ajv.compile(dot.inputSchema)({}));
});

// ---- clients that others wrote

const connect = async (client, transport) => {
    await client.connect(transport);
    return client;
};
const about = { name: 'a test', version: '1' };
const stdioOf = (name) => ({ command: program(name), args: ['--stdio'], stderr: 'inherit' });

for (const [name, connectTo] of Object.entries({
    'the SDK with a handshake': () =>
        connect(new Client(about), new StreamableHTTPClientTransport(new URL(tutorial.url + '/mcp'))),
    'the SDK with a handshake, over stdio': () => connect(new Client(about), new StdioClientTransport(stdioOf('mcp_tools'))),
    'the client of the stateless revision': () =>
        connect(new StatelessClient(about, { versionNegotiation: { mode: { pin: stateless } } }),
            new StatelessTransport(new URL(tutorial.url + '/mcp'))),
    'the client of the stateless revision, over stdio': () =>
        connect(new StatelessClient(about, { versionNegotiation: { mode: { pin: stateless } } }),
            new StatelessStdio(stdioOf('mcp_tools'))),
    'the client that finds out': () =>
        connect(new StatelessClient(about, { versionNegotiation: { mode: 'auto' } }),
            new StatelessTransport(new URL(tutorial.url + '/mcp'))),
    'the new client with a handshake': () =>
        connect(new StatelessClient(about), new StatelessTransport(new URL(tutorial.url + '/mcp'))),
})) {
    test(`${name} lists and calls`, async () => {
        const client = await connectTo();
        try {
            assert.equal(client.getServerVersion().name, 'mcp_tools');
            assert.match(client.getInstructions(), /Divide/);
            const { tools } = await client.listTools();
            assert.deepEqual(tools.map((tool) => tool.name), ['divide', 'countdown', 'dot']);

            const half = await client.callTool({ name: 'divide', arguments: { dividend: 1, divisor: 2 } });
            assert.deepEqual(half.structuredContent, { quotient: 0.5 });
            assert.equal(half.content[0].text, '{"quotient":0.5}');

            const dot = await client.callTool({ name: 'dot', arguments: {} });
            assert.deepEqual(dot.content.map((c) => c.type), ['text', 'image']);
            assert.equal(Buffer.from(dot.content[1].data, 'base64').subarray(1, 4).toString(), 'PNG');

            const error = await client.callTool({ name: 'divide', arguments: { dividend: 1, divisor: 0 } });
            assert.equal(error.isError, true);
            await assert.rejects(client.callTool({ name: 'no such tool', arguments: {} }), /Unknown tool/);

            const seen = [];
            const options = { onprogress: (p) => seen.push(p) };
            const args = { name: 'countdown', arguments: { from: 3, pause: 10 } };
            const counted = client instanceof Client
                ? await client.callTool(args, undefined, options)
                : await client.callTool(args, options);
            assert.equal(counted.content[0].text, 'Lift-off!');
            // the last report and the result come close together, and clients that look at the result first lose it
            assert.ok(seen.length >= 2);
            assert.deepEqual(seen.map((p) => [p.progress, p.total, p.message]),
                [[1, 3, '2 to go'], [2, 3, '1 to go'], [3, 3, '0 to go']].slice(0, seen.length));

            // several at once, of which one is given up
            const stop = new AbortController();
            const long = { name: 'countdown', arguments: { from: 100, pause: 100 } };
            const lost = client instanceof Client
                ? client.callTool(long, undefined, { signal: stop.signal })
                : client.callTool(long, { signal: stop.signal });
            const others = await Promise.all([1, 2, 4].map((divisor) =>
                client.callTool({ name: 'divide', arguments: { dividend: 4, divisor } })));
            assert.deepEqual(others.map((o) => o.structuredContent.quotient), [4, 2, 1]);
            stop.abort('enough');
            await assert.rejects(lost);
            const after = await client.callTool({ name: 'divide', arguments: { dividend: 9, divisor: 3 } });
            assert.equal(after.structuredContent.quotient, 3);
        } finally {
            await client.close();
        }
    });
}

// Runs the bin of an npm package.
const bin = (name, ...args) =>
    run(process.execPath, [path.join(root, 'test/npm/node_modules/.bin', name), ...args], { cwd: path.join(root, 'test/npm') });

test('the inspector lists and calls, over HTTP and stdio', async () => {
    for (const target of [[tutorial.url + '/mcp', '--transport', 'http'], [program('mcp_tools'), '--stdio']]) {
        const [first, ...rest] = target;
        const inspect = async (...args) => {
            const { code, out, err } = rest[0] === '--stdio'
                ? await bin('mcp-inspector', '--cli', ...args, '--', first, ...rest)
                : await bin('mcp-inspector', '--cli', first, ...rest, ...args);
            assert.equal(code, 0, err + out);
            return JSON.parse(out);
        };
        const { tools } = await inspect('--method', 'tools/list');
        assert.deepEqual(tools.map((tool) => tool.name), ['divide', 'countdown', 'dot']);
        const result = await inspect('--method', 'tools/call', '--tool-name', 'divide', '--tool-arg', 'dividend=3', 'divisor=2');
        assert.deepEqual(result.structuredContent, { quotient: 1.5 });
    }
});

// What a server of tools has no part in: resources, prompts, completion, logging, sampling, elicitation; and sessions.
for (const scenario of ['server-initialize', 'ping', 'tools-list', 'tools-call-simple-text', 'tools-call-image',
    'tools-call-audio', 'tools-call-embedded-resource', 'tools-call-mixed-content', 'tools-call-error',
    'tools-call-with-progress', 'dns-rebinding-protection'])
    test(`conformance: ${scenario}`, async () => {
        const { code, out, err } = await bin('conformance', 'server', '--url', suite.url + '/mcp', '--scenario', scenario);
        assert.equal(code, 0, out + err);
        assert.match(out, /[1-9]\d*\/\d+|[1-9]\d* passed/);
    });

// ---- lines

// A server over standard input and output; { send(value or text), next(), end() }.
function startLines(t, name = 'mcp_conformance') {
    const child = spawn(program(name), ['--stdio'], { stdio: ['pipe', 'pipe', 'pipe'] });
    t.after(() => child.kill('SIGKILL'));
    const lines = readline.createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    let err = '';
    child.stderr.on('data', (text) => (err += text));
    const done = once(child, 'close');
    return {
        child,
        send: (m) => child.stdin.write((typeof m === 'string' ? m : JSON.stringify(m)) + '\n'),
        next: async () => {
            const { value, done: over } = await lines.next();
            return over ? undefined : JSON.parse(value);
        },
        end: async () => {
            child.stdin.end();
            const [code] = await done;
            return { code, err };
        },
    };
}

test('lines: both eras, faults, batches and the end', async (t) => {
    const s = startLines(t);
    s.send(alone('server/discover'));
    assert.equal((await s.next()).result.supportedVersions[0], stateless);
    s.send('\n   \r\nnot json');
    assert.equal((await s.next()).error.code, -32700);
    const wrong = alone('tools/list', {}, { 'io.modelcontextprotocol/protocolVersion': '1900-01-01' });
    s.send(wrong);
    const refused = await s.next();
    assert.equal(refused.error.code, -32022);
    assert.equal(refused.id, wrong.id);
    s.send([request('ping')]);
    assert.equal((await s.next()).error.code, -32600, 'nobody has agreed on a revision with batches');
    s.send(request('initialize', { protocolVersion: '2025-03-26', capabilities: {}, clientInfo: about }));
    assert.equal((await s.next()).result.protocolVersion, '2025-03-26');
    s.send({ jsonrpc: '2.0', method: 'notifications/initialized' });
    s.send([request('ping'), request('tools/call', { name: 'whoami' })]);
    const batch = await s.next();
    assert.deepEqual(batch[0].result, {});
    assert.equal(batch[1].result.content[0].text, 'Bearer of-the-program');
    // what is due when the input ends is still sent
    const last = alone('tools/call', { name: 'waits' });
    s.child.stdin.write(JSON.stringify(last)); // and the last line needs no end
    const ended = s.end();
    assert.equal((await s.next()).id, last.id);
    assert.equal(await s.next(), undefined);
    assert.equal((await ended).code, 0);
});

test('lines: a call that is cancelled has no answer, and its tool is told', async (t) => {
    const s = startLines(t);
    const long = alone('tools/call', { name: 'waits', arguments: { long: true } }, { progressToken: 't' });
    const short = alone('tools/call', { name: 'waits' });
    s.send(long);
    s.send(short);
    assert.equal((await s.next()).params.progressToken, 't');
    s.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: long.id, reason: 'enough' } });
    s.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 'never heard of' } });
    let message;
    do message = await s.next();
    while (message.method);
    assert.equal(message.id, short.id);
    const ended = s.end();
    assert.equal(await s.next(), undefined);
    const { code, err } = await ended;
    assert.equal(code, 0);
    assert.equal(err, 'given up\n');
});

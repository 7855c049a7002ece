// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)

// The Chats module as tools of the gateway: clients that others wrote, of both eras of the protocol, over HTTP and over
// stdio; and what they are refused.
import { Client as StatelessClient, StreamableHTTPClientTransport as StatelessTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport as StatelessStdio } from '@modelcontextprotocol/client/stdio';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import assert from 'node:assert/strict';
import http from 'node:http';
import { once } from 'node:events';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { key, program, root, run, startGateway, startServer } from './programs.mjs';

let gateway;
before(async () => (gateway = await startGateway()));
after(() => gateway.stop());

const config = path.join(root, 'examples/gateway.json');
const stdio = { command: program('gateway'), args: ['--config', config, '--store', 'memory', '--mcp-stdio'], env: { ...process.env, CHATWIRE_KEY: key } };
const about = { name: 'a test', version: '1' };
const pinned = { versionNegotiation: { mode: { pin: '2026-07-28' } } };
const headers = (bearer) => ({ requestInit: { headers: { Authorization: `Bearer ${bearer}` } } });
const endpoint = () => new URL(gateway.url + '/mcp');

const clients = {
    'the SDK with a handshake': async (bearer = key) => {
        const client = new Client(about);
        await client.connect(new StreamableHTTPClientTransport(endpoint(), headers(bearer)));
        return client;
    },
    'the client of the stateless revision': async (bearer = key) => {
        const client = new StatelessClient(about, pinned);
        await client.connect(new StatelessTransport(endpoint(), headers(bearer)));
        return client;
    },
    'the SDK, over stdio': async () => {
        const client = new Client(about);
        await client.connect(new StdioClientTransport(stdio));
        return client;
    },
    'the stateless client, over stdio': async () => {
        const client = new StatelessClient(about, pinned);
        await client.connect(new StatelessStdio(stdio));
        return client;
    },
};

for (const [name, connect] of Object.entries(clients))
    test(`${name} uses the six tools`, async () => {
        const client = await connect();
        try {
            const { tools } = await client.listTools();
            assert.deepEqual(tools.map((tool) => tool.name), ['create-chat', 'list-chats', 'get-chat', 'delete-chat',
                'create-chat-completion-for-chat', 'create-chat-completion']);
            for (const tool of tools) assert.equal(tool.inputSchema.type, 'object');
            const use = async (tool, args, options) => {
                const params = { name: tool, arguments: args };
                const r = client instanceof Client ? await client.callTool(params, undefined, options) : await client.callTool(params, options);
                assert.equal(r.content.length, 1);
                assert.equal(r.content[0].type, 'text');
                return { error: r.isError, text: r.content[0].text };
            };

            const made = await use('create-chat', { projectId: 'prj_demo', aiProviderId: 'aip_demo', name: 'By a tool' });
            assert.ok(!made.error, made.text);
            const chat = JSON.parse(made.text);
            assert.match(chat.id, /^cht_/);
            assert.deepEqual(JSON.parse((await use('get-chat', { chatId: chat.id })).text), chat);
            const all = JSON.parse((await use('list-chats', { projectId: 'prj_demo' })).text);
            assert.deepEqual(all.find((c) => c.id === chat.id), chat);

            const seen = [];
            const hello = [{ role: 'user', content: 'Hello, my name is Ada.' }];
            const answer = await use('create-chat-completion-for-chat', { chatId: chat.id, messages: hello, temperature: 0.5 },
                { onprogress: (p) => seen.push(p.progress) });
            assert.match(JSON.parse(answer.text).choices[0].message.content, /Ada/);
            assert.ok(seen.length > 0, 'progress was told');
            assert.deepEqual(seen, [...seen].sort((a, b) => a - b));
            const alone = await use('create-chat-completion', { aiProviderId: 'aip_demo', messages: [{ role: 'user', documentId: 'doc_demo' }] });
            assert.match(JSON.parse(alone.text).choices[0].message.content, /Ada/);

            for (const [tool, args, error] of [
                ['create-chat', { projectId: 'prj_other', aiProviderId: 'aip_demo' }, 'Forbidden'],
                ['create-chat', { projectId: 'prj_demo', aiProviderId: 'aip_none' }, 'AI provider not found'],
                ['get-chat', { chatId: 'cht_none' }, 'Chat not found'],
                ['create-chat-completion-for-chat', { chatId: chat.id, messages: [] }, 'messages is required and must be a non-empty array'],
                ['create-chat-completion', { aiProviderId: 'aip_demo', messages: [{ role: 'user', documentId: 'doc_none' }] }, 'Document not found'],
            ]) {
                const refused = await use(tool, args);
                assert.equal(refused.error, true, tool);
                assert.deepEqual(JSON.parse(refused.text), { error });
            }
            const gone = await use('delete-chat', { chatId: chat.id });
            assert.deepEqual(gone, { error: gone.error, text: 'Deleted successfully.' });
            assert.ok(!gone.error);
            assert.equal((await use('get-chat', { chatId: chat.id })).error, true);
        } finally {
            await client.close();
        }
    });

test('a wrong key does not get in', async () => {
    for (const name of ['the SDK with a handshake', 'the client of the stateless revision'])
        await assert.rejects(clients[name]('wrong-key'), /401|Unauthorized/i);
});

// fetch does not let a program say where it comes from
async function post(body, fields) {
    const request = http.request(endpoint(), {
        method: 'POST',
        headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream', ...fields },
    });
    request.end(JSON.stringify(body));
    const [answer] = await once(request, 'response');
    let text = '';
    for await (const piece of answer) text += piece;
    return { status: answer.statusCode, text };
}
const list = { jsonrpc: '2.0', id: 1, method: 'tools/list' };

test('pages of others, wrong versions and missing keys are refused', async () => {
    assert.equal((await post(list, {})).status, 200);
    for (const origin of ['https://evil.example', 'null']) assert.equal((await post(list, { Origin: origin })).status, 403);
    assert.equal((await post(list, { Origin: gateway.url })).status, 200);
    assert.equal((await post(list, { Host: 'evil.example' })).status, 421);
    assert.equal((await post(list, { 'MCP-Protocol-Version': '1999-01-01' })).status, 400);
    const none = await post(list, { Authorization: 'Basic x' });
    assert.equal(none.status, 401);
    const unknown = await post({ ...list, method: 'tools/call', params: { name: 'no-such-tool', arguments: {} } }, {});
    assert.match(unknown.text, /-32602/);
    for (const method of ['GET', 'DELETE'])
        assert.equal((await fetch(endpoint(), { method, headers: { Authorization: `Bearer ${key}`, Accept: 'text/event-stream' } })).status, 405);
});

test('the inspector lists and calls', async () => {
    const inspect = async (...args) => {
        const bin = path.join(root, 'test/npm/node_modules/.bin/mcp-inspector');
        const { code, out, err } = await run(process.execPath, [bin, '--cli', endpoint().href, '--transport', 'http',
            '--header', `Authorization: Bearer ${key}`, ...args], { cwd: path.join(root, 'test/npm') });
        assert.equal(code, 0, err + out);
        return JSON.parse(out);
    };
    assert.equal((await inspect('--method', 'tools/list')).tools.length, 6);
    const made = await inspect('--method', 'tools/call', '--tool-name', 'create-chat', '--tool-arg', 'aiProviderId=aip_demo');
    assert.match(made.content[0].text, /cht_/);
});

test('without a key nothing is served over stdio', async () => {
    const { code, out, err } = await run(program('gateway'), stdio.args, { env: { ...process.env, CHATWIRE_KEY: undefined } });
    assert.equal(code, 2);
    assert.equal(out, '');
    assert.match(err, /CHATWIRE_KEY/);
});

test('the tutorial has the same tools', async () => {
    const server = await startServer('chats_mcp');
    try {
        for (const transport of [
            new StreamableHTTPClientTransport(new URL(server.url + '/mcp'), headers('adas-key')),
            new StdioClientTransport({ command: program('chats_mcp'), args: ['--stdio'] }),
        ]) {
            const client = new Client(about);
            await client.connect(transport);
            const made = await client.callTool({ name: 'create-chat', arguments: { aiProviderId: 'aip_1' } });
            assert.ok(!made.isError, made.content[0].text);
            const all = await client.callTool({ name: 'list-chats', arguments: {} });
            assert.equal(JSON.parse(all.content[0].text).length, 1);
            await client.close();
        }
    } finally {
        await server.kill();
    }
});

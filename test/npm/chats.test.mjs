// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// The Chats module of the gateway, as REST clients see it: the two steps of its documentation, curl, the shapes, and the
// config file.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { program, root, run, startGateway } from './programs.mjs';

let gateway, folder;
before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chatwire-'));
    gateway = await startGateway();
});
after(async () => {
    await gateway?.stop();
    await rm(folder, { recursive: true });
});

async function call(method, path, body, key = 'demo-key', base = gateway.url) {
    const answer = await fetch(base + '/api/v1' + path, {
        method,
        headers: { ...(key && { Authorization: `Bearer ${key}` }), 'Content-Type': 'application/json' },
        body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, json: /^[{[]/.test(text) ? JSON.parse(text) : undefined };
}

const step1 = { projectId: 'prj_demo', aiProviderId: 'aip_demo', systemMessage: 'You are a helpful assistant.', name: 'My Assistant' };

test('the two steps of the documentation', async () => {
    const made = await call('POST', '/chats', step1);
    assert.equal(made.status, 201, made.text);
    const { id, createdAt, updatedAt, ...rest } = made.json;
    assert.match(id, /^cht_[A-Za-z0-9]{16}$/);
    assert.match(createdAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    assert.ok(Math.abs(Date.parse(createdAt) - Date.now()) < 600_000);
    assert.equal(updatedAt, createdAt);
    assert.deepEqual(rest, { ...step1, model: null });

    const answer = await call('POST', `/chats/${id}/completions`, { messages: [{ role: 'user', content: 'Hello!' }] });
    assert.equal(answer.status, 200, answer.text);
    assert.equal(answer.json.object, 'chat.completion');
    assert.equal(answer.json.choices[0].message.role, 'assistant');
    assert.ok(answer.json.choices[0].message.content.length > 0);

    const streamed = await call('POST', `/chats/${id}/completions`,
        { messages: [{ role: 'user', content: 'Hello!' }], stream: true });
    assert.equal(streamed.headers.get('content-type'), 'text/event-stream');
    const events = streamed.text.split('\n\n').filter((e) => e.startsWith('data: ')).map((e) => e.slice(6));
    assert.equal(events.pop(), '[DONE]');
    const said = events.map((e) => JSON.parse(e).choices[0].delta.content ?? '').join('');
    assert.equal(said, answer.json.choices[0].message.content);

    assert.deepEqual((await call('GET', `/chats/${id}`)).json, made.json);
    assert.deepEqual((await call('GET', '/chats')).json[0], made.json);
    const gone = await call('DELETE', `/chats/${id}`);
    assert.equal(gone.status, 204);
    assert.equal(gone.text, '');
    const none = await call('GET', `/chats/${id}`);
    assert.equal(none.status, 404);
    assert.deepEqual(none.json, { error: 'Chat not found' });
});

test('the stateless call, with a document', async () => {
    const answer = await call('POST', '/chats/completions',
        { aiProviderId: 'aip_demo', messages: [{ role: 'user', documentId: 'doc_demo' }] });
    assert.equal(answer.status, 200, answer.text);
    assert.match(answer.json.choices[0].message.content, /Ada/);
});

test('curl walks the two steps', async () => {
    const curl = async (...args) => {
        const done = await run('curl', ['-sS', '--fail-with-body', '-H', 'Authorization: Bearer demo-key',
            '-H', 'Content-Type: application/json', ...args]);
        assert.equal(done.code, 0, done.out + done.err);
        return done.out;
    };
    const made = JSON.parse(await curl(`${gateway.url}/api/v1/chats`, '--data', JSON.stringify(step1)));
    const stream = await curl('-N', `${gateway.url}/api/v1/chats/${made.id}/completions`, '--data',
        '{"messages":[{"role":"user","content":"Hello!"}],"stream":true}');
    assert.ok(stream.endsWith('data: [DONE]\n\n'), stream);
});

test('refusals are told in the shape of the surface', async () => {
    for (const [key, status, error] of [['', 401, 'Unauthorized'], ['wrong', 401, 'Unauthorized']]) {
        const answer = await call('GET', '/chats', undefined, key);
        assert.equal(answer.status, status);
        assert.deepEqual(answer.json, { error });
    }
    const malformed = await call('POST', '/chats', '{"aiProviderId" "aip_demo"}');
    assert.equal(malformed.status, 400);
    assert.match(malformed.json.error, /byte 16/);
    const method = await call('PUT', '/chats');
    assert.equal(method.status, 405);
    assert.equal(method.headers.get('allow'), 'POST, GET, HEAD');
});

test('a repeat with the same Idempotency-Key makes one chat', async () => {
    const before = (await call('GET', '/chats')).json.length;
    const make = () => fetch(gateway.url + '/api/v1/chats', {
        method: 'POST',
        headers: { Authorization: 'Bearer demo-key', 'Idempotency-Key': 'chat-1' },
        body: JSON.stringify(step1),
    }).then((a) => a.json());
    assert.deepEqual(await make(), await make());
    assert.equal((await call('GET', '/chats')).json.length, before + 1);
});

async function check(settings, args = []) {
    const file = join(folder, 'config.json');
    await writeFile(file, typeof settings === 'string' ? settings : JSON.stringify(settings));
    return run(program('gateway'), ['--config', file, '--check', ...args]);
}

test('a wrong config is refused with every fault and its path', async () => {
    const { code, err } = await check({
        listen: { port: 70000, prt: 1 },
        keys: 'x',
        models: [{ id: 'm' }, { id: 'm', provider: 'aip_9', responder: {} }],
        projects: [{ id: 'p', keys: [1] }, { id: 'p', pathway: {} }],
        users: [{ id: 'u', role: 'boss', policies: [{ statement: [{ effect: 'allow', action: 'x' }] }, 5] }],
        api_keys: [{ key: 'a', user: 'nobody' }, { key: 'a', user: 'u', project: 'q' }],
        providers: [
            { id: 'aip_1', project: 'p', provider: 'openai', default_model: 'm' },
            { id: 'aip_2', project: 'z', provider: 'opnai', default_model: '' },
            { id: 'aip_3', project: 'p', provider: 'custom', default_model: 'm', base_url: 'http://example.com/v1', secret: {} },
        ],
        documents: [{ id: 'd', project: 'p' }],
        health_path: 'x',
        limits: { drain_ms: -1 },
        sealing_key: {},
    });
    assert.equal(code, 2);
    const lines = err.split('\n').slice(1).map((l) => l.trim().split(': ')[0]).filter(Boolean);
    assert.deepEqual(new Set(lines), new Set([
        'listen.prt', 'listen.port', 'keys', 'projects[0].keys[0]', 'health_path', 'sealing_key', 'limits.drain_ms',
        'models[1].id', 'projects[1].id', 'models[0]', 'models[1]', 'models[1].provider', 'projects[1].pathway',
        'users[0].role', 'users[0].policies[0].statement[0].effect', 'users[0].policies[0].statement[0].action',
        'users[0].policies[1]', 'api_keys[0].user', 'api_keys[1].key', 'api_keys[1].project', 'providers[0].secret',
        'providers[1].project', 'providers[1].default_model', 'providers[1].provider', 'providers[2].secret',
        'providers[2].base_url', 'documents[0]',
    ]));
    const malformed = await check('{"listen": }');
    assert.equal(malformed.code, 2);
    assert.match(malformed.err, /byte 11/);
    const twice = await check('{"keys":[],"keys":["a"]}');
    assert.match(twice.err, /keys: stands twice/);
});

test('what a config refers to has to be there', async () => {
    const provider = { id: 'aip_1', project: 'p', provider: 'openai', default_model: 'm' };
    const settings = (more) => ({ projects: [{ id: 'p' }], ...more });
    const missing = await check(settings({
        providers: [{ ...provider, secret: { env: 'CHATWIRE_TEST_NO_SUCH_VARIABLE' } },
            { ...provider, id: 'aip_2', secret: { sealed: 'v1.AAAA' } }],
        documents: [{ id: 'd', project: 'p', file: join(folder, 'none.txt') }],
    }));
    assert.equal(missing.code, 2);
    assert.match(missing.err, /providers\[0\]\.secret: .*CHATWIRE_TEST_NO_SUCH_VARIABLE/);
    assert.match(missing.err, /providers\[1\]\.secret: /);
    assert.match(missing.err, /documents\[0\]\.file: /);
});

test('a secret may be sealed for its provider', async () => {
    const keyFile = join(folder, 'key');
    await writeFile(keyFile, 'ab'.repeat(32) + '\n');
    const settings = (sealed, id = 'aip_1') => ({
        sealing_key: { file: keyFile },
        projects: [{ id: 'p' }],
        providers: [{ id, project: 'p', provider: 'openai', default_model: 'm', secret: { sealed } }],
    });
    const file = join(folder, 'seal.json');
    await writeFile(file, JSON.stringify({ sealing_key: { file: keyFile } }));
    const done = await run(program('gateway'), ['--config', file, '--seal', 'aip_1'], { input: 'sk-very-secret\n' });
    assert.equal(done.code, 0, done.err);
    const sealed = done.out.trim();
    assert.match(sealed, /^v1\./);
    assert.ok(!sealed.includes('secret'));
    assert.equal((await check(settings(sealed))).code, 0);
    const elsewhere = await check(settings(sealed, 'aip_2'));
    assert.equal(elsewhere.code, 2);
    assert.match(elsewhere.err, /providers\[0\]\.secret: /);
    await writeFile(keyFile, 'cd'.repeat(32));
    assert.equal((await check(settings(sealed))).code, 2);
});

test('the JSON Schema of the config that ships is the one of this program, and takes the example', async () => {
    const { default: Ajv } = await import('ajv/dist/2020.js');
    const shipped = JSON.parse(await readFile(join(root, 'docs/gateway.schema.json')));
    const { out } = await run(program('gateway'), ['--schema']);
    assert.deepEqual(shipped, JSON.parse(out));
    const validate = new Ajv({ strict: false }).compile(shipped);
    assert.ok(validate(JSON.parse(await readFile(join(root, 'examples/gateway.json')))), JSON.stringify(validate.errors));
    assert.ok(!validate({ listen: { prt: 1 } }));
});

test('every member of the config is described, and no other', async () => {
    const shipped = JSON.parse(await readFile(join(root, 'docs/gateway.schema.json')));
    const paths = [];
    const walk = (schema, path) => {
        if (schema.properties)
            for (const [name, s] of Object.entries(schema.properties)) walk(s, path + (path && '.') + name);
        else if (schema.items) walk(schema.items, path + '[]');
        else paths.push(path);
    };
    walk(shipped, '');
    const page = await readFile(join(root, 'docs/gateway.md'), 'utf8');
    const rows = [...page.matchAll(/^\| `([a-z_.[\]]+)` \| /gm)].map((m) => m[1]);
    assert.deepEqual(rows.sort(), paths.sort());
    // and the page's own configs are good
    for (const [, json] of page.matchAll(/```json\n([^]*?)```/g)) {
        process.env.OPENAI_API_KEY ??= 'sk-test';
        const { code, err } = await check(json);
        assert.equal(code, 0, err);
    }
});

test('chats are still there after a restart, and secrets are nowhere to be seen', async () => {
    const database = join(folder, 'chats.db');
    const first = await startGateway({ args: ['--store', `sqlite:${database}`] });
    const made = await call('POST', '/chats', step1, 'demo-key', first.url);
    await first.stop();
    const second = await startGateway({ args: ['--store', `sqlite:${database}`] });
    assert.deepEqual((await call('GET', `/chats/${made.json.id}`, undefined, 'demo-key', second.url)).json, made.json);
    await second.stop();
    for (const end of ['', '-wal', '-shm']) {
        const bytes = await readFile(database + end).catch(() => Buffer.alloc(0));
        assert.ok(!bytes.includes('demo-key'));
    }
});

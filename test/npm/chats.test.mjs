// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// The Chats module of the gateway, as REST clients see it: the two steps of its documentation, curl, the shapes, and the
// config file.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
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

test('a provider is asked with its own key only, and what it says is passed on', async () => {
    const seen = [];
    let closed;
    const upstream = http.createServer(async (req, res) => {
        let body = '';
        for await (const piece of req) body += piece;
        const asked = JSON.parse(body);
        seen.push({ headers: req.headers, url: req.url, asked });
        const said = asked.messages.at(-1).content;
        if (said === 'fail') {
            res.writeHead(429, { 'Content-Type': 'application/json', 'Retry-After': '7' });
            res.end('{"error":{"message":"slow down, sk-the-secret","type":"rate_limit_error"}}');
        } else if (said === 'hang') {
            closed = once(res, 'close');
            res.writeHead(200, { 'Content-Type': 'text/event-stream' });
            res.write('data: {"id":"u-1","object":"chat.completion.chunk","created":5,"model":"upstream-model","choices":[{"index":0,"delta":{"role":"assistant","content":"first"},"finish_reason":null}]}\n\n');
        } else {
            res.writeHead(200, { 'Content-Type': 'application/json' });
            res.end(JSON.stringify({
                id: 'u-1', object: 'chat.completion', created: 5, model: 'upstream-model', x_upstream: { a: 1 },
                choices: [{ index: 0, message: { role: 'assistant', content: 'Hello from upstream' }, finish_reason: 'stop' }],
                usage: { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 },
            }));
        }
    });
    upstream.listen(0, '127.0.0.1');
    await once(upstream, 'listening');
    const file = join(folder, 'relay.json');
    const { users, api_keys, projects } = JSON.parse(await readFile(join(root, 'examples/gateway.json'), 'utf8'));
    await writeFile(file, JSON.stringify({
        users, api_keys, projects,
        providers: [{
            id: 'aip_up', project: 'prj_demo', provider: 'custom', default_model: 'default-model',
            base_url: `http://127.0.0.1:${upstream.address().port}/base`, secret: { value: 'sk-the-secret' },
        }],
    }));
    const relaying = await startGateway({ config: file });
    try {
        const ask = (path, body) => call('POST', path, body, 'demo-key', relaying.url);
        const { id } = (await ask('/chats', { aiProviderId: 'aip_up', systemMessage: 'stored' })).json;
        const answer = await ask(`/chats/${id}/completions`, { messages: [{ role: 'user', content: 'Hi' }], x_caller: [1, 2] });
        assert.equal(answer.status, 200, answer.text);
        assert.equal(answer.json.model, 'upstream-model');
        assert.deepEqual(answer.json.usage, { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 });
        assert.deepEqual(answer.json.x_upstream, { a: 1 });
        assert.equal(seen[0].url, '/base/chat/completions');
        assert.equal(seen[0].headers.authorization, 'Bearer sk-the-secret');
        assert.ok(!JSON.stringify(seen[0].headers).includes('demo-key'));
        assert.deepEqual(seen[0].asked, {
            model: 'default-model', x_caller: [1, 2],
            messages: [{ role: 'system', content: 'stored' }, { role: 'user', content: 'Hi' }],
        });

        for (const stream of [false, true]) {
            const failed = await ask('/chats/completions', { aiProviderId: 'aip_up', stream, messages: [{ role: 'user', content: 'fail' }] });
            assert.equal(failed.status, 502);
            assert.equal(failed.headers.get('retry-after'), '7');
            assert.match(failed.json.error, /429: slow down/);
            assert.ok(!failed.text.includes('sk-the'), failed.text);
        }

        // who goes away while the provider is silent is not waited for
        const leaving = new AbortController();
        const hanging = await fetch(relaying.url + `/api/v1/chats/${id}/completions`, {
            method: 'POST', signal: leaving.signal, headers: { Authorization: 'Bearer demo-key' },
            body: JSON.stringify({ stream: true, messages: [{ role: 'user', content: 'hang' }] }),
        });
        assert.match(new TextDecoder().decode((await hanging.body.getReader().read()).value), /data: /);
        leaving.abort();
        await closed;
        assert.ok(!(relaying.child.out + relaying.child.err).includes('sk-the'), relaying.child.err);
    } finally {
        await relaying.stop();
        upstream.closeAllConnections();
        upstream.close();
    }
});

test('no project gets at another one through any surface', async () => {
    const file = join(folder, 'two.json');
    const project = (p) => ({ id: `prj_${p}`, keys: [`${p}-pathors`], pathway: { responder: {} } });
    const owner = (p) => ({ id: `usr_${p}`, policies: [{ statement: [{ effect: 'Allow', action: '*', resource: `soat:prj_${p}:*:*` }] }] });
    await writeFile(file, JSON.stringify({
        keys: ['v1-key'],
        models: [{ id: '*', responder: {} }],
        projects: ['a', 'b'].map(project),
        users: ['a', 'b'].map(owner),
        api_keys: ['a', 'b'].flatMap((p) => [{ key: `${p}-user`, user: `usr_${p}` }, { key: `${p}-key`, user: `usr_${p}`, project: `prj_${p}` }]),
        providers: ['a', 'b'].map((p) => ({ id: `aip_${p}`, project: `prj_${p}`, default_model: 'm', responder: {} })),
        documents: ['a', 'b'].map((p) => ({ id: `doc_${p}`, project: `prj_${p}`, content: `the text of ${p}` })),
    }));
    const both = await startGateway({ config: file });
    try {
        const hello = [{ role: 'user', content: 'My name is Xanthippe.' }];
        const chat = (await call('POST', '/chats', { aiProviderId: 'aip_a', systemMessage: 'a secret of a' }, 'a-key', both.url)).json.id;
        const pathors = (p) => `/api/project/prj_${p}/integration/api`;
        const ask = async (method, path, key, body) => {
            const answer = await fetch(both.url + path, {
                method, body: body && JSON.stringify(body),
                headers: { ...(key && { Authorization: `Bearer ${key}` }), Accept: 'application/json, text/event-stream', 'Content-Type': 'application/json' },
            });
            return { status: answer.status, text: await answer.text() };
        };
        const begun = await ask('POST', pathors('a') + '/chat/completions', 'a-pathors', { messages: hello, session_id: 's-1' });
        assert.equal(begun.status, 200, begun.text);

        const tool = (name, args) => ['POST', '/mcp', { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args } }];
        const tries = [
            ['GET', '/api/v1/chats'], ['GET', '/api/v1/chats?projectId=prj_a'], ['GET', `/api/v1/chats/${chat}`],
            ['DELETE', `/api/v1/chats/${chat}`],
            ['POST', `/api/v1/chats/${chat}/completions`, { messages: hello }],
            ['POST', '/api/v1/chats', { projectId: 'prj_a', aiProviderId: 'aip_a' }],
            ['POST', '/api/v1/chats', { aiProviderId: 'aip_a' }],
            ['POST', '/api/v1/chats/completions', { aiProviderId: 'aip_a', messages: hello }],
            ['POST', '/api/v1/chats/completions', { aiProviderId: 'aip_b', messages: [{ role: 'user', documentId: 'doc_a' }] }],
            tool('list-chats', {}), tool('list-chats', { projectId: 'prj_a' }), tool('get-chat', { chatId: chat }), tool('delete-chat', { chatId: chat }),
            tool('create-chat', { projectId: 'prj_a', aiProviderId: 'aip_a' }),
            tool('create-chat-completion-for-chat', { chatId: chat, messages: hello }),
            tool('create-chat-completion', { aiProviderId: 'aip_a', messages: hello }),
            ['GET', pathors('a') + '/session/s-1'], ['DELETE', pathors('a') + '/session', { session_id: 's-1' }],
            ['POST', pathors('a') + '/session', { session_id: 's-1', variables: { x: 1 } }],
            ['POST', pathors('a') + '/chat/completions', { session_id: 's-1', messages: [{ role: 'user', content: 'What is my name?' }] }],
            ['POST', pathors('b') + '/chat/completions', { session_id: 's-1', messages: [{ role: 'user', content: 'What is my name?' }] }],
            ['GET', pathors('b') + '/session/s-1'],
        ];
        for (const key of ['', 'wrong', 'v1-key', 'b-user', 'b-key', 'b-pathors', 'a-pathors!'])
            for (const [method, path, body] of tries) {
                const { status, text } = await ask(method, path, key, body);
                const about = `${key} ${method} ${path} ${JSON.stringify(body)}: ${status} ${text}`;
                for (const secret of [chat, 'a secret of a', 'the text of a', 'Xanthippe']) assert.ok(!text.includes(secret), about);
                const own = (path.startsWith(pathors('b')) && key === 'b-pathors') || path === '/api/v1/chats' || path === '/mcp';
                assert.ok(status >= 400 || own, about);
            }
        // and /v1 has keys of its own
        for (const key of ['', 'wrong', 'a-user', 'a-key', 'a-pathors'])
            for (const [method, path, body] of [['POST', '/v1/chat/completions', { model: 'm', messages: hello }], ['GET', '/v1/models']])
                assert.equal((await ask(method, path, key, body)).status, 401, `${key} ${path}`);
        assert.equal((await ask('GET', '/v1/models', 'v1-key')).status, 200);
        // and a's things are as they were
        assert.equal((await ask('GET', `/api/v1/chats/${chat}`, 'a-user')).status, 200);
        const session = JSON.parse((await ask('GET', pathors('a') + '/session/s-1', 'a-pathors')).text);
        assert.equal(session.data.messages.length, 2);
        assert.deepEqual(session.data.variables, {});
        assert.equal(JSON.parse((await ask('GET', '/api/v1/chats', 'a-user')).text).length, 1);
    } finally {
        await both.stop();
    }
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

test('a key that opens to everybody or to nobody, and a secret that cannot be sent, are told at start', async () => {
    process.env.CHATWIRE_TEST_BAD_SECRET = 'sk-1\r';
    const up = { provider: 'openai', secret: { value: 'k' } };
    const { code, err } = await check({
        keys: ['', 'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 'sha256:' + 'a'.repeat(63), 'SHA256:' + 'a'.repeat(64), 'fine'],
        projects: [{ id: 'p', keys: [''], pathway: { provider: 'aip_1' } }],
        users: [{ id: 'u', role: 'admin' }],
        api_keys: [{ key: '', user: 'u' }],
        providers: [
            { id: 'aip_1', provider: 'openai', secret: { env: 'CHATWIRE_TEST_BAD_SECRET' } },
            { id: 'aip_2', provider: 'openai', secret: { value: '' } },
            { id: 'aip_3', base_url: 'https://one.example/v1', ...up },
            { id: 'aip_4', base_url: 'https://one.example/v2', ca: '/no/such/file', ...up },
        ],
    });
    assert.equal(code, 2);
    const lines = err.split('\n').slice(1).map((l) => l.trim().split(': ')[0]).filter(Boolean);
    assert.deepEqual(new Set(lines), new Set(['keys[0]', 'keys[1]', 'keys[2]', 'keys[3]', 'projects[0].keys[0]', 'projects[0].pathway.model',
        'api_keys[0].key', 'providers[0].secret', 'providers[1].secret', 'providers[3].ca']));
    assert.ok(!err.includes('sk-1'), err);
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

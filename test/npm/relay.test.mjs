// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)

// The gateway in front of other services: a stand-in here, which notes what it is asked and when it is left, and another
// gateway.
import OpenAI from 'openai';
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { key, pathorsPath, program, randomName, root, run, startGateway } from './programs.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'chatwire-relay-'));
const secret = 'sk-upstream-' + randomName() + randomName();
process.env.CHATWIRE_TEST_SECRET = secret;

const write = (name, config) => {
    writeFileSync(path.join(folder, name), JSON.stringify(config));
    return path.relative(root, path.join(folder, name));
};

// ---- the stand-in ------------------------------------------------------------------------------------------------------

const seen = []; // { url, headers, text, body, sent, left: a promise of how many bytes were sent by then }
const chunk = (delta, more = {}, choice = {}) =>
    `data: ${JSON.stringify({ id: 'up-1', object: 'chat.completion.chunk', created: 7, model: 'up-2026', choices: [{ index: 0, delta, finish_reason: null, ...choice }], ...more })}\n\n`;
const sse = { 'Content-Type': 'text/event-stream' };
const json = (res, status, body, headers = {}) => {
    res.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    res.end(typeof body === 'string' ? body : JSON.stringify(body));
};

// What it does, by the model it is asked for.
const manners = {
    'gpt-silent': () => {},
    'gpt-pauses': (note, res) => {
        res.writeHead(200, sse);
        res.write(chunk({ role: 'assistant', content: '' }) + chunk({ content: 'first' }));
    },
    'gpt-talks': (note, res) => {
        res.writeHead(200, sse);
        const event = chunk({ content: 'x'.repeat(4096) });
        const more = () => {
            while (!res.destroyed && note.sent < note.most && res.write(event)) note.sent += event.length;
            if (note.sent >= note.most) res.end(chunk({}, {}, { finish_reason: 'stop' }) + 'data: [DONE]\n\n');
        };
        res.on('drain', more);
        more();
    },
    'gpt-busy': (note, res) => json(res, 429, { error: { message: 'Slow down', type: 'rate_limit_error', code: 'busy' } }, { 'Retry-After': '20' }),
    'gpt-tells': (note, res) => json(res, 401, { error: { message: `Incorrect API key provided: ${note.headers.authorization}` } }),
    'gpt-moves': (note, res) => json(res, 307, '', { Location: `http://127.0.0.1:1/?key=${secret}` }),
    'gpt-page': (note, res) => {
        res.writeHead(200, { 'Content-Type': 'text/html' });
        res.end(`<html>${secret}</html>`);
    },
    'gpt-breaks': (note, res) => {
        res.writeHead(200, sse);
        res.write(chunk({ content: 'half' }), () => res.destroy());
    },
    'gpt-ends': (note, res) => {
        res.writeHead(200, sse);
        res.end(chunk({ content: 'half' }));
    },
    'gpt-fails': (note, res) => {
        res.writeHead(200, sse);
        res.end(chunk({ content: 'half' }) + `data: {"error":{"message":"overloaded, ${secret}"}}\n\n`);
    },
    'gpt-garbage': (note, res) => {
        res.writeHead(200, sse);
        res.end(chunk({ content: 'half' }) + 'data: {"choices":[{"del\n\n');
    },
};
function usual(note, res) {
    const usage = { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7, cost: 0.5 };
    if (!note.body.stream)
        return json(res, 200, {
            id: 'up-1', object: 'chat.completion', created: 7, model: 'up-2026', usage, vendor: { a: [1, 'b'] },
            system_fingerprint: 'fp_up',
            choices: [{ index: 0, message: { role: 'assistant', content: 'Hello', refusal: null }, logprobs: null, finish_reason: 'length' }],
        });
    res.writeHead(200, sse);
    res.end(chunk({ role: 'assistant', content: '' }) + chunk({ content: 'Hel' }, { vendor: { a: [1, 'b'] } }) + chunk({ content: 'lo' }) +
            chunk({}, {}, { finish_reason: 'length' }) +
            `data: ${JSON.stringify({ id: 'up-1', created: 7, model: 'up-2026', choices: [], usage })}\n\ndata: [DONE]\n\n`);
}

const answer = async (req, res) => {
    const note = { url: req.url, method: req.method, headers: req.headers, sent: 0, most: 64 << 20 };
    note.left = new Promise((resolve) => res.on('close', () => resolve(note.sent)));
    note.text = '';
    for await (const piece of req) note.text += piece;
    note.body = JSON.parse(note.text);
    seen.push(note);
    waiting.splice(0).forEach((resolve) => resolve());
    (manners[note.body.model] ?? usual)(note, res);
};
const waiting = [];
const asked = async (count) => {
    while (seen.length < count) await new Promise((resolve) => waiting.push(resolve));
    return seen.at(-1);
};

// ---- the gateways ------------------------------------------------------------------------------------------------------

const upstream = http.createServer(answer);
const secured = https.createServer({}, answer);
const gateways = [];
let front, second, url;

const openai = (gateway, options = {}) => new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: key, maxRetries: 0, ...options });
const hello = [{ role: 'user', content: 'hello' }];

async function openssl(...args) {
    const { code, out, err } = await run('openssl', args);
    assert.equal(code, 0, `openssl ${args.join(' ')}: ${out}${err}`);
}

before(async () => {
    const file = (name) => path.join(folder, name);
    const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
    await openssl('req', '-x509', ...newKey, '-keyout', file('up.key'), '-out', file('up.pem'), '-days', '2', '-subj', '/CN=localhost',
                  '-addext', 'subjectAltName=DNS:localhost');
    secured.setSecureContext({ key: readFileSync(file('up.key')), cert: readFileSync(file('up.pem')) });
    for (const server of [upstream, secured]) {
        server.listen(0, '127.0.0.1');
        await once(server, 'listening');
    }
    url = `http://127.0.0.1:${upstream.address().port}/up/v1`;
    front = await startGateway({
        config: write('front.json', {
            keys: [key],
            providers: [
                { id: 'aip_up', project: 'prj_demo', name: 'Stand-in', provider: 'custom', base_url: url, default_model: 'gpt-default',
                  secret: { env: 'CHATWIRE_TEST_SECRET' } },
                { id: 'aip_azure', provider: 'azure', base_url: `http://127.0.0.1:${upstream.address().port}/az`,
                  config: { api_version: '2024-10-21' }, secret: { value: secret } },
                { id: 'aip_slow', provider: 'custom', base_url: url, idle_timeout_ms: 100 },
                { id: 'aip_tls', provider: 'custom', base_url: `https://localhost:${secured.address().port}/v1`, ca: file('up.pem') },
                { id: 'aip_nowhere', provider: 'custom', base_url: 'http://127.0.0.1:1/v1', secret: { value: secret } },
                { id: 'aip_metadata', provider: 'custom', base_url: 'http://169.254.169.254/latest', allow_plaintext: true },
            ],
            models: [
                { id: 'chatwire-responder', responder: {} },
                { id: 'renamed', provider: 'aip_up', model: 'gpt-9' },
                { id: 'slow', provider: 'aip_slow', model: 'gpt-silent' },
                { id: 'nowhere', provider: 'aip_nowhere' },
                { id: 'metadata', provider: 'aip_metadata' },
                { id: 'tls', provider: 'aip_tls' },
                { id: 'az-*', provider: 'aip_azure' },
                { id: 'gpt-*', provider: 'aip_up' },
            ],
            projects: [{ id: 'prj_demo', keys: [key], pathway: { id: 'way', instructions: 'Be kind.', provider: 'aip_up' } }],
        }),
    });
    second = await startGateway({
        config: write('second.json', {
            keys: ['second-key'],
            providers: [{ id: 'aip_front', provider: 'gateway', base_url: `${front.url}/v1`, secret: { value: key } }],
            models: [{ id: '*', provider: 'aip_front' }],
        }),
    });
    gateways.push(front, second);
});
after(async () => {
    for (const gateway of gateways) {
        await gateway.stop();
        const said = gateway.child.out + gateway.child.err;
        assert.ok(!said.includes(secret), said); // in no log
        assert.ok(!said.includes(key), said);
    }
    for (const server of [upstream, secured]) {
        server.closeAllConnections();
        server.close();
    }
    rmSync(folder, { recursive: true });
});

// ---- what goes through -------------------------------------------------------------------------------------------------

test('an answer at once, with what nobody here knows', async () => {
    const { data, response } = await openai(front).chat.completions
        .create({ model: 'gpt-4o', messages: hello, top_k: 40, vendor: { deep: [1, { x: null }] } }).withResponse();
    assert.equal(response.status, 200);
    assert.equal(data.choices[0].message.content, 'Hello');
    assert.equal(data.choices[0].finish_reason, 'length');
    assert.equal(data.id, 'up-1');
    assert.equal(data.created, 7);
    assert.equal(data.model, 'up-2026');
    assert.deepEqual(data.vendor, { a: [1, 'b'] });
    assert.deepEqual(data.usage, { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7, cost: 0.5 });
    assert.equal(data.system_fingerprint, 'fp_up');
    const note = seen.at(-1);
    assert.equal(note.url, '/up/v1/chat/completions');
    assert.deepEqual(note.body, { model: 'gpt-4o', messages: hello, top_k: 40, vendor: { deep: [1, { x: null }] } });
});

test('unknown members arrive byte for byte', async () => {
    const vendor = '{"big": 12345678901234567890, "e":1e3,"f":1.50, "u":"\\u00e9"}';
    const response = await fetch(`${front.url}/v1/chat/completions`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
        body: `{"model":"gpt-4o","messages":[{"role":"user","content":"hello"}],"vendor":${vendor}}`,
    });
    assert.equal(response.status, 200);
    assert.ok(seen.at(-1).text.includes(`"vendor":${vendor}`), seen.at(-1).text);
});

test('a stream, and usage for those who ask', async () => {
    for (const include_usage of [undefined, true]) {
        const request = { model: 'gpt-4o', messages: hello, stream: true, ...(include_usage && { stream_options: { include_usage } }) };
        const chunks = [];
        for await (const c of await openai(front).chat.completions.create(request)) chunks.push(c);
        assert.equal(chunks.map((c) => c.choices[0]?.delta.content ?? '').join(''), 'Hello');
        assert.ok(chunks.every((c) => c.id === 'up-1' && c.model === 'up-2026' && c.created === 7));
        assert.ok(chunks.some((c) => c.vendor));
        assert.equal(chunks.at(-1).usage?.cost, include_usage && 0.5);
        assert.deepEqual(seen.at(-1).body, request); // no more than was asked
    }
});

test('who the caller is stays here, and the upstream is told who we are', async () => {
    await openai(front, {
        organization: 'callers-organization', project: 'callers-project',
        defaultHeaders: { Cookie: 'callers-cookie', 'X-Forwarded-For': '192.0.2.1', 'api-key': 'callers-key' },
    }).chat.completions.create({ model: 'gpt-4o', messages: hello });
    const { headers } = seen.at(-1);
    assert.equal(headers.authorization, `Bearer ${secret}`);
    assert.deepEqual(Object.keys(headers).sort(),
                     ['accept', 'accept-encoding', 'authorization', 'content-length', 'content-type', 'host', 'user-agent']);
    assert.ok(!JSON.stringify(headers).includes('callers'));
    assert.ok(!JSON.stringify(headers).includes(key));
});

test('models by name and by pattern', async () => {
    const client = openai(front);
    const ids = [];
    for await (const m of await client.models.list()) ids.push([m.id, m.owned_by]);
    assert.deepEqual(ids, [['chatwire-responder', 'chatwire'], ['renamed', 'custom'], ['slow', 'custom'], ['nowhere', 'custom'],
                           ['metadata', 'custom'], ['tls', 'custom'], ['az-*', 'azure'], ['gpt-*', 'custom']]);
    assert.equal((await client.models.retrieve('renamed')).owned_by, 'custom');
    for (const id of ['gpt-7', 'claude']) await assert.rejects(client.models.retrieve(id), { status: 404 });
    await assert.rejects(client.chat.completions.create({ model: 'claude', messages: hello }), { status: 404 });

    await client.chat.completions.create({ model: 'renamed', messages: hello });
    assert.equal(seen.at(-1).body.model, 'gpt-9');
    await client.chat.completions.create({ model: 'az-a/b c', messages: hello });
    assert.equal(seen.at(-1).url, '/az/deployments/az-a%2Fb%20c/chat/completions?api-version=2024-10-21');
    assert.equal(seen.at(-1).headers['api-key'], secret);
    assert.equal(seen.at(-1).headers.authorization, undefined);
});

test('an upstream with TLS and an authority of its own', async () => {
    const { choices } = await openai(front).chat.completions.create({ model: 'tls', messages: hello });
    assert.equal(choices[0].message.content, 'Hello');
});

test('a pathway may have a provider', async () => {
    const client = new OpenAI({ baseURL: front.url + pathorsPath, apiKey: key, maxRetries: 0 });
    const first = await client.chat.completions.create({ model: 'the-dearest', messages: hello, session_id: 's1' });
    assert.equal(first.choices[0].message.content, 'Hello');
    assert.equal(first.model, 'up-2026');
    assert.equal(seen.at(-1).body.model, 'gpt-default'); // callers do not choose
    assert.equal(first.session_id, 's1');
    assert.equal(first.usage.total_tokens, 7);
    await client.chat.completions.create({ messages: [{ role: 'user', content: 'again' }], session_id: 's1' });
    const { body } = seen.at(-1);
    assert.equal(body.model, 'gpt-default');
    assert.equal(body.session_id, undefined);
    assert.deepEqual(body.messages.map((m) => m.content), ['Be kind.', 'hello', 'Hello', 'again']);
});

test('two gateways in a row, to the built-in responder and beyond', async () => {
    const client = openai(second, { apiKey: 'second-key' });
    const name = randomName();
    const messages = [{ role: 'user', content: `My name is ${name}.` }, { role: 'assistant', content: 'Hi.' },
                      { role: 'user', content: 'What is my name?' }];
    const whole = await client.chat.completions.create({ model: 'chatwire-responder', messages });
    assert.ok(whole.choices[0].message.content.includes(name));
    assert.equal(whole.model, 'chatwire-responder');
    let text = '';
    let last;
    const stream = await client.chat.completions.create(
        { model: 'chatwire-responder', messages, stream: true, stream_options: { include_usage: true } });
    for await (const c of stream) {
        text += c.choices[0]?.delta.content ?? '';
        last = c;
    }
    assert.equal(text, whole.choices[0].message.content);
    assert.ok(last.usage.total_tokens > 0);

    const beyond = await client.chat.completions.create({ model: 'gpt-4o', messages: hello });
    assert.equal(beyond.id, 'up-1');
    assert.deepEqual(beyond.vendor, { a: [1, 'b'] });
    const tool = { type: 'function', function: { name: 'weather', parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] } } };
    const called = await client.chat.completions.create({
        model: 'chatwire-responder', messages: [{ role: 'user', content: 'What is the weather in Lyon?' }], tools: [tool], tool_choice: 'required' });
    assert.equal(called.choices[0].finish_reason, 'tool_calls');
    assert.equal(called.choices[0].message.tool_calls[0].function.name, 'weather');
});

// ---- what goes wrong ---------------------------------------------------------------------------------------------------

const failure = async (client, request) => {
    try {
        const answer = await client.chat.completions.create({ messages: hello, ...request });
        if (request.stream) for await (const c of answer) c;
    } catch (e) {
        assert.ok(!JSON.stringify([e, e.message, e.error, [...(e.headers ?? [])]]).includes(secret), e.message);
        return e;
    }
    assert.fail('no failure');
};

test('a failure before the first token is 502 with the words of the upstream', async () => {
    const client = openai(front);
    for (const stream of [false, true]) {
        const busy = await failure(client, { model: 'gpt-busy', stream });
        assert.equal(busy.status, 502);
        assert.equal(busy.error.message, 'The provider answered with status 429: Slow down');
        assert.equal(busy.error.code, 'busy');
        assert.equal(busy.headers.get('retry-after'), '20');
        const tells = await failure(client, { model: 'gpt-tells', stream });
        assert.equal(tells.status, 502);
        assert.equal(tells.error.message, 'The provider answered with status 401: Incorrect API key provided: Bearer [secret]');
        for (const [model, words] of [
            ['gpt-moves', 'redirect'], ['gpt-page', 'cannot be used'], ['slow', 'in time'], ['nowhere', 'cannot be reached'],
            ['metadata', 'cannot be asked'],
        ]) {
            const e = await failure(client, { model, stream });
            assert.equal(e.status, 502, model);
            assert.ok(e.error.message.startsWith('The provider') && e.error.message.includes(words), e.error.message);
            assert.ok(!/http|127\.0|169\.254/.test(JSON.stringify(e.error)), e.error.message);
        }
    }
    for (const line of [/^gateway: provider aip_up: api_refusal: .*Slow down/m, /^gateway: provider aip_metadata: .*address/m])
        while (!line.test(front.child.err)) await once(front.child.stderr, 'data'); // the log
});

test('a failure after it is an event, and the stream has no end', async () => {
    for (const [model, words] of [['gpt-breaks', 'broke off'], ['gpt-ends', 'broke off'], ['gpt-fails', 'overloaded'],
                                  ['gpt-garbage', 'cannot be used']]) {
        const response = await fetch(`${front.url}/v1/chat/completions`, {
            method: 'POST', headers: { Authorization: `Bearer ${key}` }, body: JSON.stringify({ model, messages: hello, stream: true }) });
        assert.equal(response.status, 200);
        const text = await response.text();
        assert.ok(text.includes('half'), model);
        assert.ok(!text.includes('[DONE]') && !text.includes('finish_reason":"stop"'), model);
        assert.ok(!text.includes(secret), text);
        const last = JSON.parse(text.trim().split('\n\n').at(-1).slice('data: '.length));
        assert.ok(last.error.message.startsWith('The ') && last.error.message.includes(words), `${model}: ${last.error.message}`);
    }
});

test('each of two gateways tells what it was told', async () => {
    const e = await failure(openai(second, { apiKey: 'second-key' }), { model: 'gpt-busy' });
    assert.equal(e.status, 502);
    assert.equal(e.error.message, 'The provider answered with status 502: The provider answered with status 429: Slow down');
    assert.equal(e.headers.get('retry-after'), '20');
});

// ---- who leaves --------------------------------------------------------------------------------------------------------

test('a caller who leaves is noticed by an upstream, while it is silent and while it sends', async () => {
    for (const gateway of [front, second])
        for (const [model, stream, begun] of [['gpt-silent', false], ['gpt-silent', true], ['gpt-pauses', true, 'first'],
                                              ['gpt-talks', true, 'xxx']]) {
            const count = seen.length;
            const abort = new AbortController();
            const request = fetch(`${gateway.url}/v1/chat/completions`, {
                method: 'POST', signal: abort.signal, headers: { Authorization: `Bearer ${gateway === front ? key : 'second-key'}` },
                body: JSON.stringify({ model, messages: hello, stream }) });
            request.catch(() => {});
            const note = await asked(count + 1);
            if (begun) {
                const reader = (await request).body.getReader();
                let text = '';
                while (!text.includes(begun)) text += Buffer.from((await reader.read()).value).toString();
            }
            const since = performance.now();
            abort.abort();
            const sent = await note.left;
            console.log(`${model}: left after ${Math.round(performance.now() - since)} ms`);
            assert.ok(sent < note.most);
        }
});

test('a caller who does not read stops the upstream', async () => {
    const count = seen.length;
    const request = http.request(`${front.url}/v1/chat/completions`, { method: 'POST', headers: { Authorization: `Bearer ${key}` } });
    request.end(JSON.stringify({ model: 'gpt-talks', messages: hello, stream: true }));
    const [response] = await once(request, 'response');
    response.pause();
    const note = await asked(count + 1);
    for (let before = -1; note.sent !== before && note.sent < note.most;) { // until it has come to rest
        before = note.sent;
        await new Promise((resolve) => setTimeout(resolve, 300));
    }
    assert.ok(note.sent < note.most, `${note.sent} bytes`);
    note.most = note.sent; // enough
    let text = '';
    for await (const piece of response) text += piece;
    assert.ok(text.endsWith('data: [DONE]\n\n'));
});

// ---- what cannot be configured -----------------------------------------------------------------------------------------

test('every fault is named with its place', async () => {
    const file = path.join(folder, 'bad.json');
    writeFileSync(file, JSON.stringify({
        providers: [
            { id: 'aip_a', provider: 'mistral' },
            { id: 'aip_a', provider: 'openai', secret: { env: 'CHATWIRE_NO_SUCH_VARIABLE' } },
            { id: 'aip_c', provider: 'custom', base_url: 'http://a.example/v1', secret: { value: 'a', env: 'b' } },
            { id: 'aip_d', provider: 'bedrock', config: { region: 'a/b' }, secret: { value: secret } },
            { id: '', provider: 'gateway', base_url: 'https://gw.example', ca: path.join(folder, 'nothing.pem') },
        ],
        models: [{ id: 'a', provider: 'aip_x' }, { id: 'b' }, { id: 'c', responder: {}, provider: 'aip_a' }, { id: 'd', responder: {}, model: 'm' }],
        projects: [{ id: 'p', keys: [], pathway: { provider: 'aip_y' } }],
    }));
    const { code, err } = await run(program('gateway'), ['--config', file, '--port', '0']);
    assert.equal(code, 2);
    for (const fault of [
        'providers[0].provider: expected one of openai', 'providers[1].id: stands twice', 'providers[1].secret: ',
        'providers[2].secret: expected exactly one of', 'providers[2].base_url: http://', 'providers[3].config.region: ',
        'providers[4].id: must not be empty', 'providers[4].ca: ', 'models[0].provider: ', 'models[1]: expected exactly one of',
        'models[2]: expected exactly one of', 'models[3].model: ', 'projects[0].pathway.provider: ',
    ])
        assert.ok(err.includes(fault), `${fault} in ${err}`);
    assert.ok(!err.includes(secret));
});

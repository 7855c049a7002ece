// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)

// What the gateway does on every surface: origins, repeats, ids, health and the end; with curl and OpenAI's client.
import OpenAI from 'openai';
import assert from 'node:assert/strict';
import net from 'node:net';
import { after, before, test } from 'node:test';
import { key, model, pathorsPath, randomName, run, startGateway } from './programs.mjs';

const config = 'test/npm/manners.json';
let gateway;
before(async () => (gateway = await startGateway({ config })));
after(() => end(gateway));

// Its delay is longer than anybody waits: the second signal ends it.
async function end(one) {
    one.child.kill('SIGTERM');
    await until(async () => (await curl('/healthz', [], { from: one })).status === 503);
    await one.stop();
}

async function until(condition) {
    while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 10));
}

const chat = '/v1/chat/completions';
const surfaces = { plain: chat, pathors: pathorsPath + '/chat/completions' };
const say = (content, more) => JSON.stringify({ model, messages: [{ role: 'user', content }], ...more });
const post = (body, ...more) => ['-H', 'Content-Type: application/json', '--data-binary', body, ...more];
const once = (id) => ['-H', `Idempotency-Key: ${id}`];

// curl -i: { status, headers, body }; an answer cut short is an answer, too.
async function curl(path, args = [], { authorized = true, onOutput, from = gateway } = {}) {
    const all = ['-sSN', '-i', '--max-time', '60', ...args, from.url + path];
    if (authorized) all.unshift('-H', `Authorization: Bearer ${key}`);
    const { code, out, err } = await run('curl', all, { onOutput });
    const at = out.indexOf('\r\n\r\n');
    const [line, ...fields] = out.slice(0, Math.max(at, 0)).split('\r\n');
    const headers = Object.fromEntries(
        fields.map((field) => [field.split(':', 1)[0].toLowerCase(), field.slice(field.indexOf(':') + 1).trim()]),
    );
    return { code, status: Number(line.split(' ')[1]), headers, body: at < 0 ? '' : out.slice(at + 4), err };
}

// ---- origins ----

const page = ['-H', 'Origin: https://app.example'];
const mayRead = (answer) => {
    assert.equal(answer.headers['access-control-allow-origin'], 'https://app.example');
    assert.equal(answer.headers.vary, 'Origin');
    assert.match(answer.headers['access-control-expose-headers'], /X-Session-ID/i);
    assert.match(answer.headers['access-control-expose-headers'], /x-request-id/i);
    assert.equal(answer.headers['access-control-allow-credentials'], undefined);
};

for (const [name, path] of Object.entries(surfaces)) {
    test(`a configured page: preflight, answer, stream and errors (${name})`, async () => {
        const preflight = await curl(path, ['-X', 'OPTIONS', ...page, '-H', 'Access-Control-Request-Method: POST',
            '-H', 'Access-Control-Request-Headers: authorization,content-type,x-stainless-lang'], { authorized: false });
        assert.equal(preflight.status, 204);
        mayRead(preflight);
        assert.equal(preflight.headers['access-control-allow-methods'], 'POST');
        assert.equal(preflight.headers['access-control-allow-headers'], 'authorization,content-type,x-stainless-lang');
        for (const stream of [false, true]) {
            const answer = await curl(path, post(say('Hello', { stream }), ...page));
            assert.equal(answer.status, 200);
            mayRead(answer);
        }
        const refused = await curl(path, post(say('Hello'), ...page), { authorized: false });
        assert.equal(refused.status, 401);
        mayRead(refused);
        const malformed = await curl(path, post('{', ...page));
        assert.equal(malformed.status, 400);
        mayRead(malformed);
        const nothing = await curl(path + '/nothing', page);
        assert.equal(nothing.status, 404);
        mayRead(nothing);
    });

    test(`any other page is told nothing (${name})`, async () => {
        for (const origin of ['https://evil.example', 'null', 'https://app.example.evil.example', gateway.url]) {
            const answer = await curl(path, post(say('Hello'), '-H', `Origin: ${origin}`));
            assert.equal(answer.headers['access-control-allow-origin'], undefined, origin);
            assert.equal(answer.headers.vary, 'Origin');
            const preflight = await curl(path, ['-X', 'OPTIONS', '-H', `Origin: ${origin}`,
                '-H', 'Access-Control-Request-Method: POST']);
            assert.equal(preflight.status, 405);
            assert.equal(preflight.headers.allow, 'POST');
            assert.equal(preflight.headers['access-control-allow-methods'], undefined);
        }
    });
}

test('a name that was made to resolve to this machine is refused', async () => {
    const named = (name) => run('curl', ['-sS', '-o', '/dev/null', '-w', '%{http_code}', '--resolve',
        `${name}:${gateway.port}:127.0.0.1`, '-H', `Authorization: Bearer ${key}`, '-H', `Origin: http://${name}:${gateway.port}`,
        `http://${name}:${gateway.port}/v1/models`]);
    assert.equal((await named('evil.example')).out, '421');
    assert.equal((await named('gateway.example')).out, '200');
    assert.equal((await named('localhost')).out, '200');
    assert.equal((await curl(surfaces.pathors, post(say('Hello'), '-H', 'Host: evil.example'))).status, 421);
});

// ---- repeats ----

for (const [name, path] of Object.entries(surfaces)) {
    for (const stream of [false, true]) {
        test(`repeats at the same time and later have the same bytes (${name}, ${stream ? 'stream' : 'whole'})`, async () => {
            const body = say('Tell me about your day.', { stream });
            const id = randomName();
            const all = await Promise.all(Array.from({ length: 6 }, () => curl(path, post(body, ...once(id)))));
            all.push(await curl(path, post(body, ...once(id))));
            assert.ok(all.every((answer) => answer.status === 200 && answer.body === all[0].body));
            assert.ok(all[0].body.includes(stream ? '[DONE]' : '"stop"'));
            assert.equal(all.filter((answer) => answer.headers['idempotent-replayed']).length, 6);
            assert.equal(new Set(all.map((answer) => answer.headers['x-request-id'])).size, 7);
            assert.equal(new Set(all.map((answer) => answer.headers['x-session-id'])).size, 1);

            const other = await curl(path, post(say('Another question.', { stream }), ...once(id)));
            assert.equal(other.status, 422);
            const { error } = JSON.parse(other.body);
            assert.equal(typeof error, name === 'plain' ? 'object' : 'string');
            const fresh = await curl(path, post(body, ...once(randomName())));
            assert.notEqual(fresh.body, all[0].body);
        });
    }
}

test('a refusal uses up no key', async () => {
    const id = randomName();
    assert.equal((await curl(chat, post('{"messages":', ...once(id)))).status, 400);
    assert.equal((await curl(chat, post(say('Hello'), ...once(id)), { authorized: false })).status, 401);
    assert.equal((await curl(chat, post(say('Hello'), ...once(id)))).status, 200);
    assert.equal((await curl(chat, post(say('Hello'), ...once('')))).status, 200, 'curl sends no empty field');
    assert.equal((await curl(chat, post(say('Hello'), '-H', 'Idempotency-Key;'))).status, 400, 'but this one');
});

test('curl that is killed in the middle of a stream finds the whole of it', async () => {
    const session_id = randomName();
    const id = randomName();
    const body = say('I am worried about my work.', { session_id, stream: true });
    const cut = await curl(surfaces.pathors, post(body, ...once(id)), {
        onOutput: (child) => child.out.split('data: ').length > 3 && child.kill('SIGKILL'),
    });
    assert.equal(cut.code, null);
    assert.ok(!cut.body.includes('[DONE]'));
    const whole = await curl(surfaces.pathors, post(body, ...once(id)));
    assert.equal(whole.headers['idempotent-replayed'], 'true');
    assert.ok(whole.body.startsWith(cut.body), 'what it had seen is how it begins');
    assert.ok(whole.body.endsWith('data: [DONE]\n\n'));
    const session = await curl(`${pathorsPath}/session/${session_id}`);
    assert.equal(JSON.parse(session.body).data.messages.length, 2, 'one turn, not two');
});

// A way to the gateway that breaks the first `cuts` connections at the first byte of their answer.
async function brittleWay(cuts) {
    let connections = 0;
    const server = net.createServer((caller) => {
        const number = connections++;
        const there = net.connect(gateway.port, '127.0.0.1');
        caller.pipe(there);
        if (number < cuts)
            there.once('data', () => (caller.destroy(), there.destroy()));
        else
            there.pipe(caller);
        for (const [one, other] of [[caller, there], [there, caller]])
            one.on('error', () => {}).on('close', () => other.destroy());
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { url: `http://127.0.0.1:${server.address().port}`, connections: () => connections, close: () => server.close() };
}

class PatientClient extends OpenAI {
    constructor(options) {
        super({ apiKey: key, maxRetries: 4, ...options });
        this.idempotencyHeader = 'Idempotency-Key'; // the client then makes a key for each call, and keeps it in retries
    }
}

for (const stream of [false, true]) {
    test(`OpenAI's client, retrying over a connection that breaks, asks once (${stream ? 'stream' : 'whole'})`, async () => {
        const way = await brittleWay(2);
        try {
            const session_id = randomName();
            const client = new PatientClient({ baseURL: way.url + pathorsPath });
            const { data, response } = await client.chat.completions
                .create({ model, session_id, stream, messages: [{ role: 'user', content: 'Hello' }] })
                .withResponse();
            let text = '';
            if (stream) for await (const chunk of data) text += chunk.choices[0].delta.content ?? '';
            else text = data.choices[0].message.content;
            assert.ok(text.length > 0);
            assert.equal(way.connections(), 3);
            assert.equal(response.headers.get('idempotent-replayed'), 'true');
            const session = JSON.parse((await curl(`${pathorsPath}/session/${session_id}`)).body);
            assert.deepEqual(session.data.messages.map((message) => message.role), ['user', 'assistant']);
            assert.equal(session.data.messages[1].content, text);

            const own = { idempotencyKey: randomName() };
            const ask = (content) => client.chat.completions.create({ model, messages: [{ role: 'user', content }] }, own);
            const first = await ask('Hello');
            assert.deepEqual(await ask('Hello'), first);
            await assert.rejects(ask('Goodbye'), OpenAI.UnprocessableEntityError);
        } finally {
            way.close();
        }
    });
}

// ---- ids ----

test('every answer has an id, of the gateway\'s own', async () => {
    const mine = ['-H', 'X-Request-ID: mine'];
    const answers = [
        await curl('/v1/models', mine), await curl('/nothing', mine), await curl('/v1/models', ['-X', 'OPTIONS', ...mine]),
        await curl(chat, mine), await curl(chat, post('{', ...mine)), await curl('/healthz', mine),
        await curl(chat, post(say('Hello'), ...mine), { authorized: false }),
        await curl('/v1/models', ['-H', 'Host: evil.example', ...mine]),
        await curl('/v1/models', ['-H', `X-Long: ${'x'.repeat(100_000)}`, ...mine]),
        await curl(chat, post(say('Hello', { stream: true }), ...mine)),
    ];
    assert.deepEqual(answers.map((answer) => answer.status), [200, 404, 405, 405, 400, 200, 401, 421, 431, 200]);
    const ids = answers.map((answer) => answer.headers['x-request-id']);
    assert.ok(ids.every((id) => id && id !== 'mine'), ids.join());
    assert.equal(new Set(ids).size, ids.length);
});

// ---- the end ----

test('health is told without a key', async () => {
    const get = await curl('/healthz', [], { authorized: false });
    assert.equal(get.status, 200);
    assert.deepEqual(JSON.parse(get.body), { status: 'ok' });
    const head = await curl('/healthz', ['--head'], { authorized: false });
    assert.equal(head.status, 200);
    assert.equal(head.body, '');
    const wrong = await curl('/healthz', post('{}'), { authorized: false });
    assert.equal(wrong.status, 405);
    assert.equal(wrong.headers.allow, 'GET, HEAD');
});

test('the end is announced, and a second signal cuts what still runs', async () => {
    const own = await startGateway({ config });
    let signalled = 0;
    const stream = curl(chat, post(say('Tell me a long story.', { model: 'slow', stream: true })), {
        from: own,
        onOutput: async (child) => {
            if (child.out.split('data: ').length < 3 || signalled++) return;
            own.child.kill('SIGTERM');
            await until(async () => (await curl('/healthz', [], { from: own })).status === 503);
            assert.equal((await curl(chat, post(say('Hello')), { from: own })).status, 200, 'all else is served as before');
            own.child.kill('SIGTERM');
        },
    });
    const answer = await stream;
    const { code } = await own.child.done;
    assert.equal(code, 0);
    assert.notEqual(answer.code, 0, 'curl sees that it was cut');
    assert.ok(!answer.body.includes('[DONE]'));
});

test('without a delay it stops accepting, and finishes what runs', async () => {
    const own = await startGateway(); // the example's configuration
    let signalled = 0;
    const [code] = await Promise.all([
        own.child.done.then((end) => end.code),
        curl(chat, post(say('Tell me a long story.', { stream: true })), {
            from: own,
            onOutput: (child) => child.out.split('data: ').length > 2 && signalled++ === 0 && own.child.kill('SIGTERM'),
        }).then((answer) => {
            assert.equal(answer.code, 0);
            assert.ok(answer.body.endsWith('data: [DONE]\n\n'));
        }),
    ]);
    assert.equal(code, 0);
    assert.equal((await curl('/healthz', [], { from: own })).code, 7, 'nobody listens any more');
});

test('settings that cannot be are refused', async () => {
    // (the C++ side has the rest: this is the way from the file)
    const { writeFile, mkdtemp, rm } = await import('node:fs/promises');
    const { tmpdir } = await import('node:os');
    const { join } = await import('node:path');
    const { program } = await import('./programs.mjs');
    const folder = await mkdtemp(join(tmpdir(), 'chatwire-'));
    try {
        for (const [setting, place] of [
            [{ allowed_origins: ['*'] }, 'allowed_origins[0]'],
            [{ allowed_origins: ['https://a.example', 'null'] }, 'allowed_origins[1]'],
            [{ allowed_hosts: ['gateway.example:80'] }, 'allowed_hosts[0]'],
            [{ health_path: 'healthz' }, 'health_path'],
            [{ limits: { drain_delay_ms: -1 } }, 'limits.drain_delay_ms'],
            [{ idempotency: { max_bytes: -1 } }, 'idempotency.max_bytes'],
            [{ idempotency: { max_byte: 1 } }, 'idempotency.max_byte: no such member'],
        ]) {
            const file = join(folder, 'gateway.json');
            await writeFile(file, JSON.stringify(setting));
            const { code, err } = await run(program('gateway'), ['--config', file, '--port', '0']);
            assert.equal(code, 2, JSON.stringify(setting));
            assert.ok(err.includes(place), err);
        }
    } finally {
        await rm(folder, { recursive: true });
    }
});

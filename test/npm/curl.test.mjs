// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)

// curl against the gateway: the corners of HTTP that SDKs leave out.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { key, model, pathorsPath, run, startGateway } from './programs.mjs';

let gateway;
before(async () => (gateway = await startGateway()));
after(() => gateway.stop());

const request = (more) => JSON.stringify({ model, messages: [{ role: 'user', content: 'Hello' }], ...more });

// curl -i: { status, version, headers, body, err }; the last answer, when there are several (100, 200).
async function curl(path, args = [], { input, authorized = true } = {}) {
    const all = ['-sS', '-i', '-v', '--max-time', '30', ...args, gateway.url + path];
    if (authorized) all.unshift('-H', `Authorization: Bearer ${key}`);
    const { code, out, err } = await run('curl', all, { input });
    let rest = out;
    let head;
    do {
        const end = rest.indexOf('\r\n\r\n');
        head = rest.slice(0, end);
        rest = rest.slice(end + 4);
    } while (/^HTTP\/1\.1 1\d\d /.test(head));
    const [line, ...fields] = head.split('\r\n');
    const headers = Object.fromEntries(
        fields.map((field) => [field.split(':', 1)[0].toLowerCase(), field.slice(field.indexOf(':') + 1).trim()]),
    );
    return { code, status: Number(line.split(' ')[1]), version: line.split(' ')[0], headers, body: rest, err, out };
}

const json = ['-H', 'Content-Type: application/json'];
const post = (body, ...more) => [...json, ...more, '--data-binary', body];
const chat = '/v1/chat/completions';

test('an answer', async () => {
    const answer = await curl(chat, post(request()));
    assert.equal(answer.code, 0);
    assert.equal(answer.status, 200);
    assert.match(answer.headers['content-type'], /^application\/json/);
    assert.ok(answer.headers['x-request-id']);
    assert.ok(JSON.parse(answer.body).choices[0].message.content);
});

test('a stream, to the letter', async () => {
    const answer = await curl(chat, ['-N', ...post(request({ stream: true }))]);
    assert.equal(answer.code, 0);
    assert.equal(answer.status, 200);
    assert.match(answer.headers['content-type'], /^text\/event-stream/);
    assert.match(answer.headers['cache-control'], /no-cache/);
    assert.equal(answer.headers['x-accel-buffering'], 'no');
    assert.ok(answer.headers['x-request-id']);
    assert.ok(answer.body.endsWith('\n\n'));
    const events = answer.body.split('\n\n').slice(0, -1).filter((event) => !event.startsWith(':'));
    assert.equal(events.at(-1), 'data: [DONE]');
    for (const event of events.slice(0, -1)) {
        assert.match(event, /^data: \{.*\}$/);
        assert.equal(JSON.parse(event.slice(6)).object, 'chat.completion.chunk');
    }
});

test('Expect: 100-continue is answered before the body', async () => {
    const padding = 'x'.repeat(200_000);
    const answer = await curl(chat, [...post('@-', '-H', 'Expect: 100-continue', '--expect100-timeout', '20')], {
        input: request({ user: padding }),
    });
    assert.match(answer.out, /^HTTP\/1\.1 100 /);
    assert.equal(answer.status, 200);
});

test('Expect: 100-continue without a key is refused without the body', async () => {
    const answer = await curl(pathorsPath + '/chat/completions', [...post('@-', '-H', 'Expect: 100-continue', '--expect100-timeout', '20')], {
        input: request(),
        authorized: false,
    });
    assert.equal(answer.status, 401);
});

test('HTTP/1.0', async () => {
    const whole = await curl(chat, ['--http1.0', ...post(request())]);
    assert.equal(whole.code, 0);
    assert.equal(whole.status, 200);
    assert.equal(whole.headers['transfer-encoding'], undefined);
    assert.ok(JSON.parse(whole.body).choices.length);
    const stream = await curl(chat, ['--http1.0', '-N', ...post(request({ stream: true }))]);
    assert.equal(stream.code, 0);
    assert.equal(stream.headers['transfer-encoding'], undefined);
    assert.ok(stream.body.endsWith('data: [DONE]\n\n'));
});

test('HEAD is GET without the body', async () => {
    const get = await curl('/v1/models');
    const head = await curl('/v1/models', ['--head']);
    assert.equal(head.code, 0);
    assert.equal(head.status, 200);
    assert.equal(head.body, '');
    assert.equal(head.headers['content-type'], get.headers['content-type']);
    assert.equal(head.headers['content-length'], get.headers['content-length']);
});

test('a chunked upload', async () => {
    const answer = await curl(chat, post('@-', '-H', 'Transfer-Encoding: chunked'), {
        input: request({ user: 'y'.repeat(100_000) }),
    });
    assert.equal(answer.status, 200);
    assert.ok(JSON.parse(answer.body).choices[0].message.content);
});

test('one connection for several requests', async () => {
    const url = gateway.url + '/v1/models';
    const { err } = await run('curl', ['-sSv', '-H', `Authorization: Bearer ${key}`, url, url, url]);
    assert.equal(err.match(/Re-using existing connection/g)?.length, 2, err);
});

test('a keep-alive connection survives a stream and a refusal', async () => {
    const url = gateway.url + chat;
    const common = ['-sSvN', '-H', `Authorization: Bearer ${key}`, ...json];
    const { out, err } = await run('curl', [
        ...common, '--data-binary', request({ stream: true }), url,
        '--next', ...common, '--data-binary', '{"model":', url,
        '--next', ...common, '--data-binary', request(), url,
    ]);
    assert.match(out, /data: \[DONE\]/);
    assert.match(out, /"chat\.completion"/);
    assert.equal(err.match(/Re-using existing connection/g)?.length, 2, err);
});

test('malformed JSON: 400, with the position', async () => {
    const body = '{"model":"m","messages":[}';
    const plain = await curl(chat, post(body));
    assert.equal(plain.status, 400);
    const { error } = JSON.parse(plain.body);
    assert.equal(error.type, 'invalid_request_error');
    const at = body.indexOf('}');
    assert.match(error.message, new RegExp(`\\b(${at}|${at + 1})\\b`), error.message);
    const pathors = await curl(pathorsPath + '/chat/completions', post(body));
    assert.equal(pathors.status, 400);
    assert.match(JSON.parse(pathors.body).error, new RegExp(`\\b(${at}|${at + 1})\\b`));
});

test('bad bodies', async () => {
    const deep = '['.repeat(100_000);
    const bodies = ['', 'null', '[]', '"x"', deep, `{"messages":${deep}`, '{"messages":[{"role":"user","content":"\xff"}]}',
        request({ messages: [] }), request({ messages: 7 }), request({ stream: [] }), request() + 'x'];
    for (const body of bodies) {
        const answer = await curl(chat, post('@-'), { input: Buffer.from(body, 'latin1') });
        assert.equal(answer.status, 400, body.slice(0, 60));
        assert.equal(typeof JSON.parse(answer.body).error.message, 'string');
    }
    assert.equal((await curl(chat, post(request()))).status, 200, 'nobody else is harmed');
});

test('unknown routes and wrong methods', async () => {
    for (const path of ['/', '/v1', '/v1/nothing', '/v2/chat/completions', '/v1/chat/completions/x', '/%2e%2e/etc']) {
        const answer = await curl(path, ['--path-as-is']);
        assert.equal(answer.status, 404, path);
        assert.equal(typeof JSON.parse(answer.body).error.message, 'string');
    }
    for (const [path, method, allow] of [[chat, 'GET', 'POST'], [chat, 'DELETE', 'POST'], ['/v1/models', 'POST', 'GET']]) {
        const answer = await curl(path, ['-X', method]);
        assert.equal(answer.status, 405, `${method} ${path}`);
        assert.ok(answer.headers.allow.split(/, */).includes(allow), answer.headers.allow);
    }
});

test('a key is asked for', async () => {
    for (const args of [[], ['-H', 'Authorization: Basic eDp5'], ['-H', 'Authorization: Bearer'], ['-H', 'Authorization: Bearer x']]) {
        const answer = await curl(pathorsPath + '/chat/completions', [...post(request()), ...args], { authorized: false });
        assert.equal(answer.status, 401);
        assert.deepEqual(JSON.parse(answer.body), { error: 'Invalid authentication' });
    }
    const lower = await curl(chat, [...post(request()), '-H', `Authorization: bearer ${key}`], { authorized: false });
    assert.equal(lower.status, 200);
});

test('an odd content type is no reason to refuse', async () => {
    for (const type of ['text/plain', 'application/json; charset=utf-8', 'application/x-www-form-urlencoded']) {
        const answer = await curl(chat, ['-H', `Content-Type: ${type}`, '--data-binary', request()]);
        assert.equal(answer.status, 200, type);
    }
});

test('curl itself may leave in the middle of a stream', async () => {
    const { code } = await run('curl', ['-sSN', '-H', `Authorization: Bearer ${key}`, ...json, '--data-binary',
        request({ stream: true }), gateway.url + chat], { onOutput: (child) => child.kill('SIGKILL') });
    assert.equal(code, null);
    assert.equal((await curl(chat, post(request()))).status, 200);
});

// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)

// Bytes on a socket that no client would send.
import assert from 'node:assert/strict';
import net from 'node:net';
import { after, before, test } from 'node:test';
import { key, model, startGateway } from './programs.mjs';

let gateway;
before(async () => (gateway = await startGateway()));
after(() => gateway.stop());

// Sends the bytes and reads until the server closes; `end`: closes its own half first. Without that, the server has to
// be the one who ends it.
function exchange(bytes, { end = false } = {}) {
    return new Promise((resolve, reject) => {
        const socket = net.connect(gateway.port, '127.0.0.1');
        let answer = '';
        socket.setEncoding('latin1');
        socket.on('connect', () => (end ? socket.end(bytes, 'latin1') : socket.write(bytes, 'latin1')));
        socket.on('data', (text) => (answer += text));
        socket.on('close', () => resolve(answer));
        // a reset after the refusal is the kernel's way to say that bytes were left unread
        socket.on('error', (error) => (error.code === 'ECONNRESET' || error.code === 'EPIPE' ? undefined : reject(error)));
        socket.setTimeout(30_000, () => {
            socket.destroy();
            reject(new Error(`nothing happens: ${answer}`));
        });
    });
}

const body = JSON.stringify({ model, messages: [{ role: 'user', content: 'Hello' }] });
const head = (line, ...fields) => [line, ...fields, '', ''].join('\r\n');
const common = ['Host: 127.0.0.1', `Authorization: Bearer ${key}`, 'Content-Type: application/json'];
const post = 'POST /v1/chat/completions HTTP/1.1';
const statuses = (answer) => [...answer.matchAll(/HTTP\/1\.1 (\d\d\d) /g)].map((match) => Number(match[1]));
const healthy = async () =>
    assert.deepEqual(statuses(await exchange(head('GET /v1/models HTTP/1.1', ...common, 'Connection: close'))), [200]);

test('pipelined requests are answered in order', async () => {
    const one = head(post, ...common, `Content-Length: ${body.length}`) + body;
    const two = head('GET /v1/nothing HTTP/1.1', ...common);
    const three = head('GET /v1/models HTTP/1.1', ...common, 'Connection: close');
    const answer = await exchange(one + two + three);
    assert.deepEqual(statuses(answer), [200, 404, 200]);
    assert.ok(answer.indexOf('"chat.completion"') < answer.indexOf('"object":"list"'));
});

test('a request in single bytes', async () => {
    const bytes = head(post, ...common, 'Connection: close', 'Transfer-Encoding: chunked') +
        `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
    const answer = await new Promise((resolve, reject) => {
        const socket = net.connect(gateway.port, '127.0.0.1');
        socket.setNoDelay(true);
        let text = '';
        socket.on('data', (data) => (text += data));
        socket.on('close', () => resolve(text));
        socket.on('error', reject);
        let i = 0;
        const next = () => (i < bytes.length ? socket.write(bytes[i++], 'latin1', () => setImmediate(next)) : undefined);
        socket.on('connect', next);
    });
    assert.deepEqual(statuses(answer), [200]);
});

test('a body that is announced too large is refused before it is sent', async () => {
    const answer = await exchange(head(post, ...common, 'Content-Length: 99999999999'));
    assert.deepEqual(statuses(answer), [413]);
    await healthy();
});

test('a chunked body that grows too large is refused', async () => {
    const chunk = '100000\r\n' + ' '.repeat(0x100000) + '\r\n';
    const answer = await exchange(head(post, ...common, 'Transfer-Encoding: chunked') + chunk.repeat(64));
    if (answer !== '') assert.deepEqual(statuses(answer), [413]); // the reset may take the answer with it
    await healthy();
});

test('a head without end is refused', async () => {
    const answer = await exchange(`GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(2_000_000)}`);
    if (answer !== '') assert.deepEqual(statuses(answer), [431]);
    await healthy();
});

const smuggling = {
    'Content-Length beside Transfer-Encoding': ['Content-Length: 5', 'Transfer-Encoding: chunked'],
    'two Content-Lengths': ['Content-Length: 5', 'Content-Length: 5'],
    'a Content-Length that is no number': ['Content-Length: +5'],
    'gzip, chunked': ['Transfer-Encoding: gzip, chunked'],
    'chunked, gzip': ['Transfer-Encoding: chunked, gzip'],
    'a folded line': ['X-Folded: a\r\n b', 'Content-Length: 5'],
    'space before the colon': ['Content-Length : 5'],
    'a control character': ['X-Bad: a\x01b', 'Content-Length: 5'],
    'a second Host': ['Host: example.org', 'Content-Length: 5'],
};
for (const [name, fields] of Object.entries(smuggling)) {
    test(`refused, and the connection closed: ${name}`, async () => {
        const answer = await exchange(head(post, ...common, ...fields) + '0\r\n\r\n' + head('GET /v1/models HTTP/1.1', ...common));
        assert.equal(statuses(answer).length, 1, answer);
        assert.ok(statuses(answer)[0] >= 400 && statuses(answer)[0] < 600, answer);
        assert.match(answer, /\r\nconnection: close\r\n/i);
    });
}

const broken = {
    'no Host': head('GET /v1/models HTTP/1.1', `Authorization: Bearer ${key}`),
    'another version': head('GET /v1/models HTTP/2.0', ...common),
    'no version': 'GET /v1/models\r\n\r\n',
    'not HTTP': 'SSH-2.0-OpenSSH_9.2\r\n\r\n',
    'a TLS hello': '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03' + '\0'.repeat(100) + '\r\n\r\n',
    'broken chunking': head(post, ...common, 'Transfer-Encoding: chunked') + 'zz\r\n\r\n',
    'HTTP/1.0 with Transfer-Encoding': head('POST /v1/chat/completions HTTP/1.0', ...common, 'Transfer-Encoding: chunked') + '0\r\n\r\n',
};
for (const [name, bytes] of Object.entries(broken)) {
    test(`refused: ${name}`, async () => {
        const answer = await exchange(bytes, { end: true });
        const found = statuses(answer);
        assert.ok(found.length === 1 && found[0] >= 400, answer);
        await healthy();
    });
}

test('a caller that closes early harms nobody', async () => {
    for (const bytes of ['', 'PO', head(post, ...common, 'Content-Length: 500'), head(post, ...common, 'Content-Length: 500') + '{"mo',
        head(post, ...common, 'Transfer-Encoding: chunked') + '5\r\n{"m'])
        assert.ok(statuses(await exchange(bytes, { end: true })).every((status) => status >= 400));
    await healthy();
});

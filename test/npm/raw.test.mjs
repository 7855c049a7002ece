// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)

// Bytes on a socket that no client would send, to the program. What else there is: test/abuse/.
import assert from 'node:assert/strict';
import net from 'node:net';
import { after, before, test } from 'node:test';
import { key, model, startGateway } from './programs.mjs';

let gateway;
before(async () => (gateway = await startGateway()));
after(() => gateway.stop());

// Sends the bytes and reads until the server closes.
function exchange(bytes) {
    return new Promise((resolve, reject) => {
        const socket = net.connect(gateway.port, '127.0.0.1');
        let answer = '';
        socket.setEncoding('latin1');
        socket.on('connect', () => socket.write(bytes, 'latin1'));
        socket.on('data', (text) => (answer += text));
        socket.on('close', () => resolve(answer));
        socket.on('error', reject);
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

test('what two programs could read in two ways is refused once', async () => {
    const answer = await exchange(
        head(post, ...common, 'Content-Length: 5', 'Transfer-Encoding: chunked') + '0\r\n\r\n' + head('GET /v1/models HTTP/1.1', ...common));
    assert.deepEqual(statuses(answer), [400]);
    assert.match(answer, /\r\nconnection: close\r\n/i);
    await healthy();
});

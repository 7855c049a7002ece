// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)

// TLS, a proxy and a Unix-domain socket, with certificates made here and clients that others wrote: OpenSSL's own, curl,
// Node.
import OpenAI from 'openai';
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import tls from 'node:tls';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { jsonLines, key, program, root, run, startServer } from './programs.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'chatwire-tls-'));
const file = (name) => path.join(folder, name);

async function openssl(...args) {
    const { code, out, err } = await run('openssl', args);
    assert.equal(code, 0, `openssl ${args.join(' ')}: ${out}${err}`);
    return out + err;
}

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

const makeAuthority = (name) =>
    openssl('req', '-x509', ...newKey, '-keyout', file(`${name}.key`), '-out', file(`${name}.pem`), '-days', '2',
            '-subj', `/CN=${name}`);

// `hosts` as subjectAltName has them.
async function issue(name, authority, hosts) {
    await openssl('req', ...newKey, '-keyout', file(`${name}.key`), '-out', file(`${name}.csr`), '-subj', `/CN=${name}`);
    writeFileSync(file('extensions'), `subjectAltName=${hosts}\n`);
    await openssl('x509', '-req', '-in', file(`${name}.csr`), '-CA', file(`${authority}.pem`), '-CAkey',
                  file(`${authority}.key`), '-CAcreateserial', '-days', '1', '-extfile', file('extensions'), '-out',
                  file(`${name}.pem`));
}

let server; // demands nothing of its callers
let strict; // wants a certificate
before(async () => {
    await makeAuthority('ours');
    await makeAuthority('others');
    await issue('localhost', 'ours', 'DNS:localhost,IP:127.0.0.1');
    await issue('elsewhere', 'ours', 'DNS:elsewhere.example');
    await issue('me', 'ours', 'DNS:me');
    server = await startServer('tls_server', [file('localhost.pem'), file('localhost.key')]);
    strict = await startServer('tls_server', [file('localhost.pem'), file('localhost.key'), file('ours.pem')]);
});
after(async () => {
    await server?.kill();
    await strict?.kill();
    rmSync(folder, { recursive: true });
});

const chat = (url, ...args) => run(program('chat'), ['--base-url', `${url}/v1`, '--key', 'my-key', '--model', 'parrot', ...args]);
const drivers = { coroutine: [], blocking: ['--blocking'] };

for (const [driver, flags] of Object.entries(drivers)) {
    test(`chat over TLS trusts the authority it is told of (${driver})`, async () => {
        const { code, out, err } = await chat(server.url, '--ca', file('ours.pem'), ...flags, 'hello there');
        assert.equal(code, 0, err);
        assert.equal(out, 'hello there\n');
    });

    test(`without it, chat says which certificate it refused and why (${driver})`, async () => {
        const { code, err } = await chat(server.url, ...flags, 'hello');
        assert.equal(code, 1);
        assert.match(err, /the certificate of localhost:\d+ was refused: .*certificate.*\(subject: CN = localhost; issuer: CN = ours\)/);

        const json = await chat(server.url, '--ca', file('others.pem'), '--json', ...flags, 'hello');
        const lines = jsonLines(json.out);
        assert.equal(json.code, 1);
        assert.equal(lines.at(-2).event, 'failure');
        assert.equal(lines.at(-2).code, 'bad_certificate');
        assert.equal(lines.at(-2).condition, 'peer_violation');
        assert.equal(lines.at(-1).event, 'end');
    });

    test(`chat goes through a proxy (${driver})`, async () => {
        const asked = [];
        const proxy = http.createServer((request, response) => response.writeHead(500).end());
        proxy.on('connect', (request, socket) => {
            asked.push({ target: request.url, authorization: request.headers['proxy-authorization'] });
            if (request.headers['proxy-authorization'] !== 'Basic ' + Buffer.from('me:pa:ss').toString('base64'))
                return socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n');
            const far = net.connect(Number(new URL(`http://${request.url}`).port), '127.0.0.1', () => {
                socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
                far.pipe(socket).pipe(far);
            });
            for (const end of [far, socket]) end.on('error', () => {});
        });
        proxy.listen(0, '127.0.0.1');
        await once(proxy, 'listening');
        const at = `127.0.0.1:${proxy.address().port}`;
        try {
            const good = await chat(server.url, '--ca', file('ours.pem'), '--proxy', `http://me:pa%3Ass@${at}`, ...flags, 'far away');
            assert.equal(good.code, 0, good.err);
            assert.equal(good.out, 'far away\n');
            assert.equal(asked[0].target, new URL(server.url).host);

            const bad = await chat(server.url, '--ca', file('ours.pem'), '--proxy', `http://me:hush@${at}`, ...flags, 'far away');
            assert.equal(bad.code, 1);
            assert.match(bad.err, /made no tunnel to localhost:\d+: 407 Proxy Authentication Required/);
            assert.doesNotMatch(bad.err, /hush/);
        } finally {
            proxy.closeAllConnections();
            proxy.close();
        }
    });
}

test('nothing below TLS 1.2 is spoken, in either role', async () => {
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' };
    const node = tls.createServer({ cert: readFileSync(file('localhost.pem')), key: readFileSync(file('localhost.key')), ...old });
    const spoken = [];
    node.on('secureConnection', (socket) => spoken.push(socket.getProtocol()));
    node.on('tlsClientError', () => {});
    node.listen(0, '127.0.0.1');
    await once(node, 'listening');
    try {
        for (const flags of Object.values(drivers)) {
            const { code, out } = await chat(`https://localhost:${node.address().port}`, '--ca', file('ours.pem'), '--json', ...flags, 'hi');
            assert.equal(code, 1);
            assert.equal(jsonLines(out).at(-2).code, 'tls_failed');
        }
        assert.deepEqual(spoken, []);
        // the two of them would agree
        const both = tls.connect({ port: node.address().port, host: '127.0.0.1', rejectUnauthorized: false, ...old });
        await once(both, 'secureConnect');
        assert.equal(both.getProtocol(), 'TLSv1.1');
        both.destroy();
    } finally {
        node.close();
    }
    const caller = tls.connect({ port: Number(new URL(server.url).port), host: '127.0.0.1', rejectUnauthorized: false, ...old });
    caller.on('secureConnect', () => spoken.push('agreed'));
    await once(caller, 'error');
    assert.ok(!spoken.includes('agreed'));
});

for (const maxVersion of ['TLSv1.3', 'TLSv1.2'])
    test(`a server that others wrote sees SNI, ALPN, and sessions that are resumed (${maxVersion})`, async () => {
        const names = [];
        const seen = [];
        const identity = { cert: readFileSync(file('localhost.pem')), key: readFileSync(file('localhost.key')), maxVersion };
        const context = tls.createSecureContext(identity);
        const node = https.createServer(
            { ...identity, ALPNProtocols: ['http/1.1'], SNICallback: (name, give) => (names.push(name), give(null, context)) },
            (request, response) => {
                request.resume();
                const { socket } = request;
                seen.push({ alpn: socket.alpnProtocol, reused: socket.isSessionReused(), version: socket.getProtocol() });
                const choices = [{ index: 0, message: { role: 'assistant', content: 'from Node' }, finish_reason: 'stop' }];
                response.writeHead(200, { 'content-type': 'application/json', connection: 'close' });
                response.end(JSON.stringify({ id: 'c', object: 'chat.completion', created: 1, model: 'm', choices }));
            },
        );
        node.listen(0, '127.0.0.1');
        await once(node, 'listening');
        const { port } = node.address();
        try {
            for (const flags of Object.values(drivers)) {
                names.length = seen.length = 0;
                const { code, out, err } = await chat(`https://localhost:${port}`, '--ca', file('ours.pem'), '--no-stream', '--repeat', '3', ...flags, 'hi');
                assert.equal(code, 0, err);
                assert.equal(out, 'from Node\n');
                assert.deepEqual(seen, [false, true, true].map((reused) => ({ alpn: 'http/1.1', reused, version: maxVersion })));
                assert.ok(names.length > 0 && names.every((name) => name === 'localhost'));

                names.length = 0; // an address is no name (RFC 6066, 3)
                const address = await chat(`https://127.0.0.1:${port}`, '--ca', file('ours.pem'), '--no-stream', ...flags, 'hi');
                assert.equal(address.code, 0, address.err);
                assert.deepEqual(names, []);
            }
        } finally {
            node.closeAllConnections();
            node.close();
        }
    });

test('a key does not go in the clear to another machine', async () => {
    const { code, err } = await chat('http://elsewhere.example', 'hello');
    assert.equal(code, 1);
    assert.match(err, /misuse: .*a key is not sent without TLS to http:\/\/elsewhere\.example/);
    assert.doesNotMatch(err, /my-key/);
});

test('files that are no certificates are wrong usage', async () => {
    for (const ca of [file('none.pem'), file('localhost.key')]) {
        const { code, err } = await chat(server.url, '--ca', ca, 'hello');
        assert.equal(code, 2);
        assert.match(err, /chat: the ca/);
    }
    const mixed = await run(program('tls_server'), [file('localhost.pem'), file('elsewhere.key')]);
    assert.equal(mixed.code, 2);
    assert.match(mixed.err, /the key is not the certificate's/);
});

test('the tutorial', async () => {
    const good = await run(program('tls_client'), [`${server.url}/v1`, file('ours.pem'), 'my-key']);
    assert.equal(good.code, 0, good.err);
    assert.equal(good.out, 'Hello over TLS\n');
    const refused = await run(program('tls_client'), [`${server.url}/v1`, file('others.pem'), 'my-key']);
    assert.equal(refused.code, 1);
    assert.match(refused.err, /certificate/);
});

test('a certificate for another host is refused', async () => {
    const other = await startServer('tls_server', [file('elsewhere.pem'), file('elsewhere.key')]);
    const { code, err } = await chat(other.url, '--ca', file('ours.pem'), 'hello');
    await other.kill();
    assert.equal(code, 1);
    assert.match(err, /hostname mismatch \(subject: CN = elsewhere/);
});

test('the gateway, over TLS and behind a Unix-domain socket', async () => {
    const config = JSON.parse(readFileSync(path.join(root, 'examples/gateway.json'), 'utf8'));
    const write = (listen) => {
        writeFileSync(file('gateway.json'), JSON.stringify({ ...config, listen }));
        return ['--config', file('gateway.json'), '--port', '0'];
    };
    const secured = { certificate: file('localhost.pem'), key: file('localhost.key') };
    for (const flags of Object.values(drivers)) {
        const gateway = await startServer('gateway', [...write({ tls: secured }), ...flags]);
        assert.match(gateway.url, /^https:/);
        const { code, out, err } = await run(program('chat'), ['--base-url', `${gateway.url}/v1`, '--key', key, '--ca', file('ours.pem'), ...flags, 'hello']);
        assert.equal(code, 0, err);
        assert.ok(out.trim());
        await gateway.stop();

        const at = file('gateway.sock');
        const local = await startServer('gateway', [...write({ unix_socket: at }), ...flags], {}, /^listening on (\/.*)$/m);
        const answer = await run(program('chat'), ['--base-url', 'http://localhost/v1', '--key', key, '--unix', at, ...flags, 'hello']);
        assert.equal(answer.code, 0, answer.err);
        assert.equal(answer.out, out);
        const curl = await run('curl', ['-sS', '--unix-socket', at, 'http://localhost/healthz']);
        assert.equal(JSON.parse(curl.out).status, 'ok');
        await local.stop();
    }
    const bad = await run(program('gateway'), write({ tls: { ...secured, key: file('me.key') } }));
    assert.equal(bad.code, 2);
    assert.match(bad.err, /listen\.tls: the key is not the certificate's/);
});

test('curl, plain and streamed', async () => {
    const ask = (...args) =>
        run('curl', ['-sS', '--cacert', file('ours.pem'), '-H', 'Authorization: Bearer my-key', ...args,
                     `${server.url}/v1/chat/completions`, '-d',
                     JSON.stringify({ model: 'parrot', stream: args.includes('-N'), messages: [{ role: 'user', content: 'hi' }] })]);
    const whole = await ask();
    assert.equal(JSON.parse(whole.out).choices[0].message.content, 'hi');
    const streamed = await ask('-N');
    assert.match(streamed.out, /"content":"hi"[^]*data: \[DONE\]/);
    const old = await ask('--tls-max', '1.1');
    assert.notEqual(old.code, 0);
});

test('the openai client', async () => {
    const agent = new https.Agent({ ca: readFileSync(file('ours.pem')) });
    // The client uses fetch, which takes no agent: a fetch of our own over Node's https does for one request.
    const fetch = (url, init) =>
        new Promise((resolve, reject) => {
            const headers = Object.fromEntries(new Headers(init.headers));
            https
                .request(url, { method: init.method, headers, agent }, (answer) => {
                    const body = new ReadableStream({
                        start(controller) {
                            answer.on('data', (bytes) => controller.enqueue(bytes));
                            answer.on('end', () => controller.close());
                            answer.on('error', (error) => controller.error(error));
                        },
                    });
                    resolve(new Response(body, { status: answer.statusCode, headers: answer.headers }));
                })
                .on('error', reject)
                .end(init.body);
        });
    const client = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: 'my-key', fetch, maxRetries: 0 });
    const stream = await client.chat.completions.create({
        model: 'parrot', stream: true, messages: [{ role: 'user', content: 'through TLS' }],
    });
    let text = '';
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
    assert.equal(text, 'through TLS');
    agent.destroy();
});

test('callers without a certificate get nowhere where one is wanted', async () => {
    const ask = (...args) =>
        run('curl', ['-sS', '--cacert', file('ours.pem'), '-H', 'Authorization: Bearer my-key', ...args, `${strict.url}/v1/models`]);
    const without = await ask();
    assert.notEqual(without.code, 0);
    assert.equal(without.out, '');
    const good = await ask('--cert', file('me.pem'), '--key', file('me.key'));
    assert.equal(JSON.parse(good.out).data[0].id, 'parrot');
});

test('sessions are resumed, http/1.1 is agreed on, and nothing before TLS 1.2', async () => {
    const connect = (...args) =>
        run('openssl', ['s_client', '-connect', `localhost:${server.port}`, '-CAfile', file('ours.pem'), ...args], {
            input: 'GET /v1/models HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
        });
    const first = await connect('-ign_eof', '-alpn', 'h2,http/1.1', '-sess_out', file('session'));
    assert.match(first.out, /^ALPN protocol: http\/1\.1$/m);
    assert.match(first.out, /Verify return code: 0/);
    const second = await connect('-ign_eof', '-sess_in', file('session'));
    assert.match(second.out, /^Reused, TLSv1\.3/m);
    const h2 = await connect('-alpn', 'h2');
    assert.match(h2.out + h2.err, /no application protocol/);
    const old = await connect('-tls1_1', '-cipher', 'ALL:@SECLEVEL=0');
    assert.match(old.out + old.err, /alert protocol version|no protocols available|unsupported protocol/);
    const twelve = await connect('-ign_eof', '-tls1_2');
    assert.match(twelve.out, /^New, TLSv1\.2/m);
});

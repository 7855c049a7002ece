// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)

// The gateway under load by good, bad and vanishing clients, in both drivers side by side, with a service behind it that
// is as mixed. What every caller is to get is known beforehand, and anything else is an error with a kind.
//
//   node soak.mjs SECONDS [SEED]      (test/soak.sh MINUTES builds what it needs first)
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { key, pathorsPath, startServer } from './programs.mjs';
import { startUpstream } from './upstream.mjs';

const workers = 16; // clients of one gateway, at any time
const mebibyte = 1 << 20;
const maxBody = 256 << 10;
const keepAlive = 2000;
// What may be left of memory after the load, beyond what a warm-up with the same load left: allocators keep pages for each
// thread (with MALLOC_ARENA_MAX=1 they keep hardly any), data
// bases fill their caches. AddressSanitizer keeps what is freed for a while, and finds leaks by itself at the end;
// ThreadSanitizer keeps a history of all memory, so that nothing can be said with it.
const sanitizer = process.env.CHATWIRE_SANITIZE ?? '';
const tolerance = /thread/.test(sanitizer) ? Infinity : (sanitizer ? 96 : 16) * mebibyte;

// ---- chance ------------------------------------------------------------------------------------------------------------

// What follows from the seed is what each client does and in which order; not when.
function chance(seed) {
    let state = seed >>> 0;
    const next = () => { // mulberry32
        state = (state + 0x6d2b79f5) >>> 0;
        let t = Math.imul(state ^ (state >>> 15), 1 | state);
        t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
        return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
    };
    const below = (n) => Math.floor(next() * n);
    return { below, maybe: (p = 0.5) => next() < p, one: (list) => list[below(list.length)],
             name: () => 'N' + Array.from({ length: 10 }, () => 'abcdefghijklmnopqrstuvwxyz'[below(26)]).join('') };
}

// ---- clients -----------------------------------------------------------------------------------------------------------

class Unexpected extends Error {}
const unexpected = (kind, detail = '') => {
    throw Object.assign(new Unexpected(`${kind} ${detail}`), { kind });
};

// One client of one gateway while it does one thing.
class Client {
    constructor(gateway, random, count) {
        Object.assign(this, { gateway, random, count });
    }

    // A whole exchange; { status, text }. `leave`: goes away as soon as that many bytes of the answer are here.
    ask(method, place, body, { headers = {}, leave } = {}) {
        const bytes = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
        const once = () => new Promise((resolve, reject) => {
            const request = http.request(this.gateway.url + place, {
                method, agent: leave === undefined ? this.gateway.agent : false,
                headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers,
                           'content-length': Buffer.byteLength(bytes) },
            });
            let text = '';
            request.on('response', (response) => {
                response.setEncoding('utf8');
                response.on('data', (piece) => {
                    text += piece;
                    if (text.length >= leave) {
                        request.destroy();
                        resolve({ status: 'left', text });
                    }
                });
                response.on('end', () => resolve({ status: response.statusCode, text }));
                response.on('error', reject);
            });
            request.on('error', (error) => reject(Object.assign(error, { again: request.reusedSocket && !request.res })));
            request.end(bytes);
        });
        // a kept connection that was closed as the request went out has to be expected, and the request to be sent again
        return within(`${method} ${place}`, once().catch((error) => (error.again && error.code === 'ECONNRESET' ? once() : Promise.reject(error))))
            .then((answer) => {
                this.count(answer.status);
                return answer;
            });
    }

    async expect(status, ...request) {
        const answer = await this.ask(...request);
        if (answer.status !== status) unexpected(`${answer.status} in place of ${status}`, answer.text);
        return answer.text;
    }

    // The text of a good completion, whole or streamed.
    async text(place, body, stream) {
        const text = await this.expect(200, 'POST', place, { ...body, stream });
        if (stream) return spoken(text);
        const [choice] = JSON.parse(text).choices;
        if (choice.finish_reason !== 'stop') unexpected('no end', text);
        return choice.message.content;
    }

    // A completion that fails before its first token: 502, or an event where a sign of life has already begun the stream.
    async failure(body, stream) {
        const { status, text } = await this.ask('POST', v1, { ...body, stream });
        if (status === 502) return;
        if (!stream || status !== 200) unexpected(`${status} in place of 502`, text);
        checkBroken(text);
    }

    // A connection in bare hands. `use` gets a socket with `text`, what has come, and `until`, which waits for it to be
    // enough; whatever it leaves open is closed.
    async dial(use) {
        const socket = net.connect(this.gateway.port, '127.0.0.1').setEncoding('latin1');
        socket.text = '';
        const since = performance.now();
        let look = () => {};
        socket.on('data', (piece) => {
            socket.text += piece;
            look();
        });
        socket.on('error', () => {}); // a reset is an end
        socket.on('close', () => look());
        socket.until = (holds) => within('an answer', new Promise((resolve) => {
            look = () => (socket.destroyed || holds?.(socket.text)) && resolve(socket.text);
            look();
        }));
        try {
            await within('connecting', new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject)));
            // Where this process stood still meanwhile, the gateway's patience with a caller who says nothing has ended.
            socket.late = performance.now() - since > keepAlive / 2;
            return await use(socket);
        } finally {
            socket.destroy();
        }
    }
}

// Nobody here is ever silent for so long.
async function within(what, promise) {
    let timer;
    const late = new Promise((_, reject) => (timer = setTimeout(() => reject(Object.assign(new Unexpected(what), { kind: 'nothing happens' })), 90_000)));
    return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function spoken(text) {
    const events = text.split('\n').filter((line) => line.startsWith('data: ')).map((line) => line.slice(6));
    if (events.pop() !== '[DONE]') unexpected('a stream without an end', text);
    const chunks = events.map((event) => JSON.parse(event));
    if (!chunks.some((chunk) => chunk.choices[0]?.finish_reason === 'stop')) unexpected('a stream without a finish', text);
    return chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('');
}

// A stream that has failed says so, and does not end as others do.
function checkBroken(text) {
    if (/\[DONE\]|"finish_reason":"/.test(text)) unexpected('a broken stream that has finished', text);
    const last = text.trim().split('\n\n').at(-1);
    if (!last.startsWith('data: ') || !JSON.parse(last.slice(6)).error) unexpected('a stream without its error', text);
}

const v1 = '/v1/chat/completions';
const user = (content) => ({ role: 'user', content });
const relayed = (content, model = 'up') => ({ model, messages: [user(content)] });
const posted = (body, ...fields) =>
    [`POST ${v1} HTTP/1.1`, 'Host: 127.0.0.1', `Authorization: Bearer ${key}`, 'Content-Type: application/json', ...fields, '', body].join('\r\n');
const post = (body) => posted(JSON.stringify(body), `Content-Length: ${Buffer.byteLength(JSON.stringify(body))}`);
const statuses = (text) => [...text.matchAll(/HTTP\/1\.1 (\d\d\d) /g)].map((match) => Number(match[1]));
const same = (got, wanted, kind = 'a wrong answer') => {
    if (got !== wanted) unexpected(kind, `${got} in place of ${wanted}`);
};

// Every message that is said in a session has its answer, and they come in pairs.
async function checkSession(client, session_id, expected) {
    const { messages } = JSON.parse(await client.expect(200, 'GET', `${pathorsPath}/session/${session_id}`)).data;
    if (messages.length % 2) unexpected('half a turn', JSON.stringify(messages));
    const said = [];
    for (let i = 0; i < messages.length; i += 2) {
        same(messages[i].role + messages[i + 1].role, 'userassistant', 'half a turn');
        same(messages[i + 1].content, messages[i].content.replace(/^(good|slow) /, ''), 'a turn with another answer');
        said.push(messages[i].content);
    }
    for (const text of expected) if (said.filter((s) => s === text).length !== 1) unexpected('a turn is lost', text);
    await client.expect(200, 'DELETE', `${pathorsPath}/session`, { session_id });
}

const malformed = [
    ['a line without a version', 'GET /v1/models\r\n\r\n', [400]],
    ['noise', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n', [400]],
    ['a space before a colon', 'GET /v1/models HTTP/1.1\r\nHost : 127.0.0.1\r\n\r\n', [400]],
    ['two hosts', 'GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: 127.0.0.1\r\n\r\n', [400]],
    ['two lengths', posted('{}', 'Content-Length: 2', 'Content-Length: 3'), [400]],
    ['a length and chunks', posted('2\r\n{}\r\n0\r\n\r\n', 'Content-Length: 2', 'Transfer-Encoding: chunked'), [400]],
    ['a chunk of no size', posted('zz\r\n{}\r\n', 'Transfer-Encoding: chunked'), [400]],
    ['gzip', posted('', 'Transfer-Encoding: gzip, chunked'), [400, 501]],
    ['another protocol', 'GET /v1/models HTTP/3.0\r\nHost: 127.0.0.1\r\n\r\n', [400, 505]],
    ['a giant head', `GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\n${'X: y\r\n'.repeat(30_000)}\r\n`, [400, 431]],
];

// [name, weight, what to do]. What waits for a limit of the gateway's holds its client up for long, and is rare.
const scenes = [
    // ---- good clients
    ['a completion', 20, async (c) => {
        const name = c.random.name();
        const messages = [user(`My name is ${name}.`), { role: 'assistant', content: 'Hello.' }, user('What is my name?')];
        const answer = await c.text(v1, { model: 'chatwire-responder', messages }, c.random.maybe());
        if (!answer.includes(name)) unexpected('a wrong answer', answer);
    }],
    ['a relayed completion', 24, async (c) => {
        const name = c.random.name();
        same(await c.text(v1, relayed(`${c.random.one(['good', 'slow'])} ${name}`), c.random.maybe()), name);
    }],
    ['a session', 8, async (c) => {
        const [session_id, said] = [c.random.name(), []];
        for (let i = 0; i < 3; i++) {
            const name = c.random.name();
            said.push(`good ${name}`);
            same(await c.text(`${pathorsPath}/chat/completions`, { session_id, messages: [user(said[i])] }, c.random.maybe()), name);
        }
        await checkSession(c, session_id, said);
    }],
    ['a chat with a document', 8, async (c) => {
        const { id } = JSON.parse(await c.expect(201, 'POST', '/api/v1/chats',
            { aiProviderId: 'aip_up', name: c.random.name(), systemMessage: 'Be kind.' }));
        const messages = [{ role: 'user', documentId: 'doc_soak' }];
        same(await c.text(`/api/v1/chats/${id}/completions`, { messages }, c.random.maybe()), 'the document');
        await c.expect(204, 'DELETE', `/api/v1/chats/${id}`);
        await c.expect(404, 'GET', `/api/v1/chats/${id}`);
    }],
    ['tools', 8, async (c) => {
        const rpc = async (method, params) => {
            const text = await c.expect(200, 'POST', '/mcp', { jsonrpc: '2.0', id: 1, method, params },
                                        { headers: { accept: 'application/json, text/event-stream' } });
            return JSON.parse(text);
        };
        const call = async (name, args) => (await rpc('tools/call', { name, arguments: args })).result.content[0].text;
        const name = c.random.name();
        const made = JSON.parse(await call('create-chat', { aiProviderId: 'aip_up', name }));
        same(JSON.parse(await call('get-chat', { chatId: made.id })).name, name);
        same(await call('delete-chat', { chatId: made.id }), 'Deleted successfully.');
        same((await rpc('tools/call', { name: 'no-such-tool', arguments: {} })).error?.code, -32602);
    }],
    ['a repeat', 5, async (c) => {
        const headers = { 'idempotency-key': c.random.name() };
        const request = ['POST', v1, relayed(`good ${c.random.name()}`), { headers }];
        same(await c.expect(200, ...request), await c.expect(200, ...request), 'a repeat with another answer');
    }],
    ['pipelined requests', 5, (c) => c.dial(async (socket) => {
        const names = [1, 2, 3, 4].map(() => c.random.name());
        socket.write(names.map((name) => post(relayed(`good ${name}`))).join(''));
        const text = await socket.until((so_far) => names.every((name) => so_far.includes(name)));
        if (text === '' && socket.late) return c.count('closed');
        same(statuses(text).join(), '200,200,200,200');
        names.forEach(() => c.count(200));
        const at = names.map((name) => text.indexOf(name));
        same(at.join(), at.toSorted((a, b) => a - b).join(), 'answers in another order');
    })],
    ['small things', 4, async (c) => {
        await c.expect(200, 'GET', '/v1/models');
        await c.expect(200, 'GET', '/healthz', undefined, { headers: { authorization: '' } });
    }],

    // ---- an upstream that fails
    ['an upstream that refuses', 6, (c) =>
        c.failure(relayed(c.random.one(['busy', 'broken', 'page', 'hangs_up'])), c.random.maybe())],
    ['an upstream that breaks off', 6, async (c) => {
        const request = relayed(c.random.one(['breaks', 'ends', 'fails', 'garbage']));
        if (c.random.maybe()) return c.failure(request);
        checkBroken(await c.expect(200, 'POST', v1, { ...request, stream: true }));
    }],
    ['a silent upstream', 1, (c) => c.failure(relayed('silent', 'impatient'), c.random.maybe())],
    ['a turn that fails', 5, async (c) => {
        const [session_id, name] = [c.random.name(), c.random.name()];
        const turn = (content, stream) => ['POST', `${pathorsPath}/chat/completions`, { session_id, stream, messages: [user(content)] }];
        same(await c.text(turn()[1], turn(`good ${name}`)[2]), name);
        await c.expect(502, ...turn(c.random.one(['broken', 'hangs_up', 'breaks'])));
        checkBroken(await c.expect(200, ...turn('breaks', true)));
        await checkSession(c, session_id, [`good ${name}`]);
    }],

    // ---- clients that are wrong
    ['malformed JSON', 6, async (c) => {
        const good = JSON.stringify(relayed('good x'));
        const bad = [good.slice(0, 1 + c.random.below(good.length - 1)), `${good}}`, '[]', '', '{"model":1,"messages":[]}', '\xff'];
        await c.expect(400, 'POST', c.random.one([v1, `${pathorsPath}/chat/completions`, '/api/v1/chats/completions']), c.random.one(bad));
    }],
    ['malformed HTTP', 6, (c) => c.dial(async (socket) => {
        const [name, bytes, wanted] = c.random.one(malformed);
        socket.write(bytes, 'latin1');
        const [status] = statuses(await socket.until());
        c.count(status ?? 'closed');
        if (status && !wanted.includes(status)) unexpected(`${status} for ${name}`);
    })],
    ['a wrong key', 4, (c) => c.expect(401, 'POST', c.random.one([v1, `${pathorsPath}/chat/completions`, '/api/v1/chats/completions', '/mcp']),
                                       relayed('good x'), { headers: { authorization: `Bearer ${c.random.name()}` } })],
    ['nothing there', 2, (c) => c.expect(404, 'GET', `/v1/${c.random.name()}`)],
    ['a foreign host', 2, (c) => c.expect(421, 'GET', '/v1/models', undefined, { headers: { host: 'evil.example' } })],
    ['a body that is too big', 3, (c) => c.dial(async (socket) => {
        const chunked = c.random.maybe();
        socket.write(posted('', chunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${maxBody + 1}`));
        const piece = 'x'.repeat(16384);
        for (let i = 0; i <= maxBody / piece.length && !socket.text; i++)
            if (!socket.write(chunked ? `4000\r\n${piece}\r\n` : piece)) await new Promise(setImmediate);
        const [status] = statuses(await socket.until());
        c.count(status ?? 'closed');
        if (status && status !== 413) unexpected(`${status} in place of 413`);
    })],

    // ---- clients that are slow
    ['a head that does not end', 1, (c) => c.dial(async (socket) => {
        const dripping = setInterval(() => socket.write(`X-${c.random.name()}: 1\r\n`), 100);
        socket.write('GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\n');
        const [status] = statuses(await socket.until().finally(() => clearInterval(dripping)));
        c.count(status ?? 'closed');
        if (status && status !== 408) unexpected(`${status} in place of 408`);
    })],
    ['half a body', 1, (c) => c.dial(async (socket) => {
        socket.write(posted('{"model":', 'Content-Length: 100'));
        const [status] = statuses(await socket.until());
        c.count(status ?? 'closed');
        if (status && status !== 408) unexpected(`${status} in place of 408`);
    })],
    ['nobody says anything', 1, (c) => c.dial(async (socket) => {
        same(await socket.until(), '', 'words without a request');
        c.count('closed');
    })],
    ['a reader who stops', 1, (c) => c.dial(async (socket) => {
        socket.write(post({ ...relayed('endless'), stream: true }));
        await socket.until((text) => text.includes('xxx'));
        socket.pause();
        await sleep(c.random.below(2500)); // the gateway's patience ends in the middle of it
        c.count('left');
    })],

    // ---- clients that go away
    ['a reader who goes', 8, (c) => c.ask('POST', v1, { ...relayed(c.random.one(['endless', 'steady', 'pauses'])), stream: true }, { leave: 1 + c.random.below(5000) % 400 })],
    ['a reset', 6, (c) => c.dial(async (socket) => {
        socket.write(post({ ...relayed(c.random.one(['endless', 'steady', 'pauses'])), stream: true }));
        await socket.until((text) => text.includes('data: '));
        socket.resetAndDestroy();
        c.count('left');
    })],
    ['a caller who does not wait', 8, (c) => c.dial(async (socket) => {
        const bytes = post({ ...relayed(c.random.one(['silent', 'late', 'slow ' + 'x'.repeat(100)])), stream: c.random.maybe() });
        socket.write(bytes.slice(0, c.random.maybe() ? undefined : c.random.below(bytes.length)));
        await sleep(c.random.below(50));
        if (c.random.maybe()) socket.resetAndDestroy();
        c.count('left');
    })],
    ['a turn that is left', 6, async (c) => {
        const [session_id, name, last] = [c.random.name(), c.random.name(), c.random.name()];
        const place = `${pathorsPath}/chat/completions`;
        same(await c.text(place, { session_id, messages: [user(`good ${name}`)] }, c.random.maybe()), name);
        await c.ask('POST', place, { session_id, stream: true, messages: [user(`slow ${c.random.name()}`)] }, { leave: 1 + c.random.below(900) });
        same(await c.text(place, { session_id, messages: [user(`good ${last}`)] }, c.random.maybe()), last);
        await checkSession(c, session_id, [`good ${name}`, `good ${last}`]);
    }],
];

// ---- the gateways ------------------------------------------------------------------------------------------------------

function config(upstream) {
    const provider = (id, more) => ({ id, provider: 'custom', base_url: upstream.url + '/v1', secret: { value: 'sk-upstream' }, ...more });
    return {
        keys: [key],
        models: [{ id: 'chatwire-responder', responder: { pace_ms: 1 } }, { id: 'up', provider: 'aip_up' }, { id: 'impatient', provider: 'aip_impatient' }],
        projects: [{ id: 'prj_demo', keys: [key], pathway: { id: 'way', instructions: 'Be kind.', provider: 'aip_up' } }],
        users: [{ id: 'usr_soak', role: 'admin' }],
        api_keys: [{ key, user: 'usr_soak', project: 'prj_demo', policies: [{ statement: [{ effect: 'Allow', action: '*' }] }] }],
        providers: [provider('aip_up', { project: 'prj_demo', default_model: 'any' }), provider('aip_impatient', { idle_timeout_ms: 200 })],
        documents: [{ id: 'doc_soak', project: 'prj_demo', content: 'good the document' }],
        limits: { max_body_bytes: maxBody, heartbeat_ms: 100, keep_alive_ms: keepAlive, head_timeout_ms: 700, body_timeout_ms: 700, write_timeout_ms: 1500 },
        // bounds that are reached, so that what is kept does not look like a leak
        idempotency: { max_answers: 50, max_bytes: 100_000 },
    };
}

function leadsTo(link) {
    try {
        return readlinkSync(link);
    } catch {
        return ''; // closed meanwhile
    }
}

async function startGateway(name, folder, args) {
    const gateway = await startServer('gateway', ['--config', path.join(folder, 'gateway.json'), '--port', '0', '--store', `sqlite:${folder}/${name}.db`, ...args], {
        env: { ...process.env, ASAN_OPTIONS: `quarantine_size_mb=8:${process.env.ASAN_OPTIONS ?? ''}` } });
    const { pid } = gateway.child;
    return Object.assign(gateway, {
        name,
        agent: new http.Agent({ keepAlive: true, timeout: 700 }), // shorter than the gateway's patience
        memory: () => Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) * 1024,
        descriptors: () => readdirSync(`/proc/${pid}/fd`).length,
        files: () => readdirSync(`/proc/${pid}/fd`).filter((fd) => leadsTo(`/proc/${pid}/fd/${fd}`).includes(`/${name}.db`)).length,
        threads: () => readdirSync(`/proc/${pid}/task`).length,
    });
}

// ---- the soak ----------------------------------------------------------------------------------------------------------

// Drives for so many seconds after a warm-up. `say` gets the report, line by line. True if nothing unexpected happened.
export async function soak({ seconds, seed, say = console.log }) {
    const folder = mkdtempSync(path.join(tmpdir(), 'chatwire-soak-'));
    const upstream = await startUpstream();
    writeFileSync(path.join(folder, 'gateway.json'), JSON.stringify(config(upstream)));
    const gateways = await Promise.all([startGateway('coroutine', folder, ['--threads', '2']), startGateway('blocking', folder, ['--blocking'])]);

    const table = new Map(scenes.map(([name]) => [name, new Map()])); // of outcomes
    const errors = new Map(); // kind -> { count, example }
    const add = (map, name, n = 1) => map.set(name, (map.get(name) ?? 0) + n);
    const blame = (kind, example) => {
        const known = errors.get(kind) ?? { count: 0, example: String(example).slice(0, 600) };
        known.count++;
        errors.set(kind, known);
    };
    let counting = false;
    let over = false;

    const play = async (gateway, random, [name, , act]) => {
        const client = new Client(gateway, random, (outcome) => counting && add(table.get(name), outcome));
        try {
            await act(client);
        } catch (error) {
            if (over) return; // the gateway has been killed, or the report is made
            blame(`${name}: ${error.kind ?? error.code ?? error.name}`, error.kind ? error.message : error.stack);
            await sleep(100);
        }
    };
    const lots = scenes.flatMap((scene) => Array(scene[1]).fill(scene));
    // Every client does what chance says, until then; `first`: every one of the scenes, before.
    const load = async (length, stream, first = []) => {
        const end = performance.now() + length * 1000;
        await Promise.all(gateways.flatMap((gateway, g) => Array.from({ length: workers }, async (_, w) => {
            const random = chance(seed * 1000 + g * 500 + stream * 100 + w);
            for (let i = w; i < first.length; i += workers) await play(gateway, random, first[i]);
            while (performance.now() < end && gateway.child.exitCode === null && gateway.child.signalCode === null)
                await play(gateway, random, random.one(lots));
        })));
    };
    // What the gateways write is looked at and let go: it grows for as long as they run.
    const listen = () => {
        for (const gateway of gateways) {
            const text = gateway.child.err;
            if (/Sanitizer|runtime error:|terminate called|Assertion/.test(text)) blame(`a report by the ${gateway.name} gateway`, text.slice(-600));
            const rest = text.lastIndexOf('\n') + 1;
            gateway.child.err = text.slice(rest);
        }
    };
    const measure = (gateway) => ({ memory: gateway.memory(), descriptors: gateway.descriptors(), files: gateway.files(), threads: gateway.threads() });
    const most = new Map(gateways.map((gateway) => [gateway.name, measure(gateway)]));
    const watch = setInterval(() => {
        listen();
        for (const gateway of gateways)
            try {
                for (const [what, now] of Object.entries(measure(gateway)))
                    most.get(gateway.name)[what] = Math.max(most.get(gateway.name)[what], now);
            } catch {
                blame(`the ${gateway.name} gateway has ended`, gateway.child.err);
            }
    }, 200);
    // Until nobody is connected: the upstream is left alone, and the descriptors are no more than they were at the start,
    // or no longer become fewer. (the store's aside, which has as many as were ever needed at once, up to a limit)
    const open = ({ descriptors, files }) => descriptors - files;
    const quiet = async (before) => {
        for (const gateway of gateways) gateway.agent.destroy();
        let last = '';
        for (let same_for = 0, tries = 0; same_for < (before ? 40 : 6) && tries < 240; tries++) {
            await sleep(250);
            const now = gateways.map((gateway) => open(measure(gateway)));
            same_for = now.join() + upstream.open === last ? same_for + 1 : 0;
            last = now.join() + upstream.open;
            if (before && upstream.open === 0 && now.every((n, i) => n <= open(before[i]))) break;
        }
        return gateways.map(measure);
    };

    const warm = Math.min(60, seconds / 4);
    say(`seed ${seed}; ${workers} clients for each gateway; ${warm} s to warm up, then ${seconds} s`);
    let start, end;
    try {
        await load(warm, 0, scenes);
        start = await quiet();
        counting = true;
        await load(seconds, 1);
        counting = false;
        end = await quiet(start);
    } catch (error) {
        blame('the soak itself', error.stack);
    }
    clearInterval(watch);
    if (upstream.open) blame('upstream calls that nobody waits for', `${upstream.open} of ${upstream.requests}`);
    for (const gateway of gateways) {
        await gateway.stop().catch((error) => blame(`the end of the ${gateway.name} gateway`, error.message));
        gateway.child.err += '\n';
    }
    listen();
    over = true;
    await upstream.stop();
    rmSync(folder, { recursive: true });

    // ---- the report
    say('');
    say(`${'clients'.padEnd(30)}${'requests'.padStart(9)}   outcomes`);
    let total = 0;
    for (const [name, outcomes] of table) {
        const n = [...outcomes.values()].reduce((a, b) => a + b, 0);
        total += n;
        say(`${name.padEnd(30)}${String(n).padStart(9)}   ${[...outcomes].map(([what, k]) => `${what}: ${k}`).join(', ')}`);
        if (n === 0 && seconds >= 60) blame(`${name}: never happened`, '');
    }
    say(`${'together'.padEnd(30)}${String(total).padStart(9)}   the upstream was asked ${upstream.requests} times, the warm-up included`);
    say('');
    if (start && end) {
        const row = (...cells) => say(cells.map((cell, i) => (i ? String(cell).padStart(9) : cell.padEnd(30))).join(''));
        row('', 'start', 'most', 'end');
        gateways.forEach(({ name }, i) => {
            const mib = (bytes) => (bytes / mebibyte).toFixed(1);
            const [before, highest, after] = [start[i], most.get(name), end[i]];
            row(`${name}: memory (MiB)`, mib(before.memory), mib(highest.memory), mib(after.memory));
            row(`${name}: descriptors`, before.descriptors, highest.descriptors, after.descriptors);
            row('    of them the store\'s', before.files, highest.files, after.files);
            row(`${name}: threads`, before.threads, highest.threads, after.threads);
            if (after.memory > before.memory + tolerance)
                blame(`${name}: memory does not come back`, `${mib(after.memory)} MiB, ${mib(before.memory)} before, ${mib(tolerance)} to spare`);
            if (open(after) > open(before)) blame(`${name}: descriptors do not come back`, `${open(after)}, ${open(before)} before, the store's aside`);
        });
        say(Number.isFinite(tolerance) ? `(memory may be ${tolerance / mebibyte} MiB more at the end)` : '(memory is not judged under ThreadSanitizer)');
        say('');
    }
    const n = [...errors.values()].reduce((sum, { count }) => sum + count, 0);
    say(`errors: ${n}`);
    for (const [kind, { count, example }] of errors) say(`  ${count} x ${kind}\n      ${example.replaceAll('\n', '\n      ')}`);
    return n === 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
    const seconds = Number(process.argv[2]);
    assert.ok(seconds > 0, 'usage: node soak.mjs SECONDS [SEED]');
    const seed = Number(process.argv[3] ?? Math.floor(Math.random() * 1e6));
    process.exit((await soak({ seconds, seed })) ? 0 : 1);
}

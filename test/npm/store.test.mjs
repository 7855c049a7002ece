// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)

// What gateways keep: on one PostgreSQL, two of them; and what is there after kill -9. Every second gateway is the
// blocking one.
import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startPostgres } from './postgres.mjs';
import { key, pathorsPath, program, randomName, root, run, startServer } from './programs.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'chatwire-store-'));
const config = path.join(folder, 'gateway.json');
const settings = JSON.parse(readFileSync(path.join(root, 'examples/gateway.json'), 'utf8'));
for (const p of settings.projects) p.pathway.responder = { pace_ms: 0 };
for (const p of settings.providers) p.responder = { pace_ms: 0 };
writeFileSync(config, JSON.stringify(settings));

const cleanups = [() => rmSync(folder, { recursive: true })];
after(async () => {
    for (const cleanup of cleanups.reverse()) await cleanup();
});

// (before the first test: the runner takes what it knows of for everything)
const postgres = await startPostgres();
cleanups.push(() => postgres?.stop());
const skip = postgres ? false : 'PostgreSQL is not installed';

let started = 0;
async function startGateway(store) {
    const driver = started++ % 2 ? ['--blocking'] : ['--threads', '2'];
    const gateway = await startServer('gateway', ['--config', config, '--port', '0', '--store', store, ...driver]);
    cleanups.push(() => gateway.kill());
    return gateway;
}

async function until(holds) {
    for (const end = Date.now() + 60_000; !(await holds()); await sleep(5))
        if (Date.now() > end) throw new Error(`not in a minute: ${holds}`);
}

async function call(gateway, method, place, body) {
    const response = await fetch(gateway.url + pathorsPath + place, {
        method,
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: body && JSON.stringify(body),
    });
    return { status: response.status, text: await response.text() };
}

const createSession = (gateway, session_id, variables) => call(gateway, 'POST', '/session', { session_id, variables });

// What was answered to a turn; nothing if it was not acknowledged whole.
async function say(gateway, session_id, content, stream = false) {
    const { status, text } = await call(gateway, 'POST', '/chat/completions',
                                        { session_id, stream, messages: [{ role: 'user', content }] });
    if (status !== 200) return undefined;
    if (!stream) return JSON.parse(text).choices[0].message.content;
    const data = text.split('\n').filter((line) => line.startsWith('data: ')).map((line) => line.slice(6));
    if (data.pop() !== '[DONE]') return undefined;
    return data.map((chunk) => JSON.parse(chunk).choices[0]?.delta?.content ?? '').join('');
}

async function messagesOf(gateway, session_id) {
    const { status, text } = await call(gateway, 'GET', `/session/${session_id}`);
    assert.equal(status, 200, `session ${session_id}: ${text}`);
    return JSON.parse(text).data.messages;
}

// ---- things that are written -----------------------------------------------------------------------------------------
//
// write(gateway) makes something, and resolves to a record of it when that was acknowledged, else to nothing (or throws:
// the gateway was killed). check(gateway, records) finds everything that was acknowledged, and nothing that is half.

function sessions() {
    const known = [];
    return {
        name: 'session',
        async write(gateway) {
            if (known.length === 0 || Math.random() < 0.3) {
                const id = randomName();
                if ((await createSession(gateway, id, { city: 'Lisbon' })).status !== 200) return undefined;
                known.push(id);
                return { id };
            }
            const id = known[Math.floor(Math.random() * known.length)];
            const said = randomName();
            const answer = await say(gateway, id, said, Math.random() < 0.3);
            return answer === undefined ? undefined : { id, said, answer };
        },
        async check(gateway, records) {
            let turns = 0;
            for (const id of new Set(records.map((record) => record.id))) {
                const messages = await messagesOf(gateway, id);
                messages.forEach(({ role }, i) => assert.equal(role, i % 2 ? 'assistant' : 'user', `half a turn in ${id}`));
                assert.equal(messages.length % 2, 0, `half a turn in ${id}`);
                for (const { said, answer } of records.filter((record) => record.id === id && record.said)) {
                    const at = messages.map((message) => message.content).indexOf(said);
                    assert.ok(at >= 0, `a turn of ${id} is lost`);
                    assert.equal(messages[at + 1].content, answer);
                    assert.equal(messages.filter((message) => message.content === said).length, 1, 'stored once');
                    turns++;
                }
            }
            return turns;
        },
    };
}

async function callChats(gateway, method, place, body) {
    const response = await fetch(gateway.url + '/api/v1' + place, {
        method,
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: body && JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, json: text ? JSON.parse(text) : undefined };
}

function chats() {
    const known = [];
    const maybeGone = new Set(); // a deletion was asked for, and perhaps not answered
    return {
        name: 'chat',
        async write(gateway) {
            if (known.length < 3 || Math.random() < 0.7) {
                const name = randomName();
                const { status, json } = await callChats(gateway, 'POST', '/chats', { aiProviderId: 'aip_demo', name, systemMessage: 'x'.repeat(500) });
                if (status !== 201) return undefined;
                known.push(json.id);
                return { made: json };
            }
            const [id] = known.splice(Math.floor(Math.random() * known.length), 1);
            maybeGone.add(id);
            return (await callChats(gateway, 'DELETE', `/chats/${id}`)).status === 204 ? { gone: id } : undefined;
        },
        async check(gateway, records) {
            const gone = new Set(records.map((record) => record.gone).filter(Boolean));
            const { json: all } = await callChats(gateway, 'GET', '/chats');
            const listed = new Map(all.map((chat) => [chat.id, chat]));
            let chats = 0;
            for (const { made } of records) {
                if (!made) continue;
                const { status, json } = await callChats(gateway, 'GET', `/chats/${made.id}`);
                assert.equal(status === 200, listed.has(made.id));
                if (gone.has(made.id)) assert.equal(status, 404, 'a chat that was deleted is back');
                else if (status === 200 || !maybeGone.has(made.id)) assert.deepEqual(json, made, 'a chat is lost');
                chats++;
            }
            for (const chat of all) assert.equal(chat.systemMessage.length, 500, 'half a chat');
            return chats;
        },
    };
}

const kinds = [sessions, chats];

// Writers of every kind, four of each, to the gateways there are at each moment. What is acknowledged is written to a
// file, which is all that is left of a client that was killed.
function startWriters(gateways) {
    const things = kinds.map((kind) => kind());
    const file = path.join(folder, randomName());
    writeFileSync(file, '');
    const state = { acknowledged: 0, refused: 0 };
    let stop = false;
    cleanups.push(() => (stop = true)); // also when the test fails
    const loop = async (thing) => {
        while (!stop) {
            const gateway = gateways[Math.floor(Math.random() * gateways.length)];
            const record = await thing.write(gateway).catch(() => undefined);
            if (record) {
                appendFileSync(file, JSON.stringify({ kind: thing.name, ...record }) + '\n');
                state.acknowledged++;
            } else {
                state.refused++;
                await sleep(2);
            }
        }
    };
    const loops = things.flatMap((thing) => [1, 2, 3, 4].map(() => loop(thing)));
    return {
        state,
        // Waits for `n` more acknowledgements.
        async more(n) {
            const before = state.acknowledged;
            await until(() => state.acknowledged >= before + n);
        },
        async finish() {
            stop = true;
            await Promise.all(loops);
            const records = readFileSync(file, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
            assert.equal(records.length, state.acknowledged);
            for (const gateway of gateways)
                for (const thing of things) {
                    const turns = await thing.check(gateway, records.filter((record) => record.kind === thing.name));
                    assert.ok(turns > 0, `nothing to check of ${thing.name}`);
                }
        },
    };
}

// Kills and replaces one gateway after the other, each with writes in flight.
async function killGateways(gateways, store, times) {
    const writers = startWriters(gateways);
    for (let i = 0; i < times; i++) {
        await writers.more(3);
        await sleep(Math.random() * 60);
        const at = i % gateways.length;
        await gateways[at].kill();
        gateways[at] = await startGateway(store);
    }
    await writers.more(3);
    await writers.finish();
    assert.ok(writers.state.refused > 0, 'no write was in flight');
}

// ---- SQLite ----------------------------------------------------------------------------------------------------------

test('SQLite: what was acknowledged survives kill -9', async () => {
    const store = `sqlite:${path.join(folder, 'one.db')}`;
    await killGateways([await startGateway(store)], store, 20);
});

test('SQLite: two gateways on one file, one of them killed now and then', async () => {
    const store = `sqlite:${path.join(folder, 'two.db')}`;
    await killGateways([await startGateway(store), await startGateway(store)], store, 6);
});

test('a store that cannot be opened is said, without the password', async () => {
    for (const [store, code] of [['sqlite:/no/such/place.db', 1], ['nonsense', 2], ['sqlite:', 2],
                                 ['postgresql://me:hush-hush@/base?host=/no/such/place', 1]]) {
        const refused = await run(program('gateway'), ['--config', config, '--port', '0', '--store', store]);
        assert.equal(refused.code, code, refused.err);
        assert.match(refused.err, /^gateway: the store: .*\n$/);
        assert.ok(!refused.err.includes('hush-hush'));
        assert.equal(refused.out, '');
    }
});

// ---- PostgreSQL ------------------------------------------------------------------------------------------------------

let count = 0;
async function twoGateways(server = postgres) {
    assert.ok(await server.tell(`sql CREATE DATABASE test_${++count}`));
    const store = server.url.replace('/postgres?', `/test_${count}?`);
    return { store, gateways: await Promise.all([startGateway(store), startGateway(store)]) };
}

test('PostgreSQL: a session that began at one gateway goes on at the other', { skip }, async () => {
    const { gateways: [a, b] } = await twoGateways();
    const [id, name] = [randomName(), randomName()];
    assert.equal((await createSession(a, id, { city: 'Lisbon' })).status, 200);
    assert.equal((await createSession(b, id, { plan: 'gold' })).status, 200);
    assert.ok(await say(a, id, `Hello, my name is ${name}.`));
    const answer = await say(b, id, 'What is my name, and which city am I in?', true);
    assert.ok(answer.includes(name) && answer.includes('Lisbon'), answer);
    for (const gateway of [a, b]) {
        const { data } = JSON.parse((await call(gateway, 'GET', `/session/${id}`)).text);
        assert.deepEqual(data.variables, { city: 'Lisbon', plan: 'gold' });
        assert.equal(data.messages.length, 4);
    }
    assert.equal((await call(b, 'DELETE', '/session', { session_id: id })).status, 200);
    assert.equal((await call(a, 'GET', `/session/${id}`)).status, 404);
});

test('PostgreSQL: a chat that was made at one gateway is everybody\'s', { skip }, async () => {
    const { gateways: [a, b] } = await twoGateways();
    const made = await callChats(a, 'POST', '/chats', {
        projectId: 'prj_demo', aiProviderId: 'aip_demo', systemMessage: 'You are a helpful assistant.', name: 'My Assistant',
    });
    assert.equal(made.status, 201);
    const answer = await callChats(b, 'POST', `/chats/${made.json.id}/completions`, { messages: [{ role: 'user', content: 'Hello!' }] });
    assert.equal(answer.status, 200);
    assert.ok(answer.json.choices[0].message.content.length > 0);
    const tool = async (gateway, name, args) => {
        const response = await fetch(gateway.url + '/mcp', {
            method: 'POST',
            headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
            body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args } }),
        });
        return (await response.json()).result.content[0].text;
    };
    for (const gateway of [a, b]) {
        assert.deepEqual((await callChats(gateway, 'GET', `/chats/${made.json.id}`)).json, made.json);
        assert.deepEqual((await callChats(gateway, 'GET', '/chats')).json, [made.json]);
        assert.deepEqual(JSON.parse(await tool(gateway, 'get-chat', { chatId: made.json.id })), made.json);
    }
    const second = JSON.parse(await tool(b, 'create-chat', { aiProviderId: 'aip_demo' }));
    assert.deepEqual((await callChats(a, 'GET', '/chats')).json, [second, made.json]);
    assert.equal((await callChats(b, 'DELETE', `/chats/${made.json.id}`)).status, 204);
    assert.equal((await callChats(a, 'GET', `/chats/${made.json.id}`)).status, 404);
    assert.equal(await tool(a, 'delete-chat', { chatId: second.id }), 'Deleted successfully.');
    assert.deepEqual((await callChats(b, 'GET', '/chats')).json, []);
});

test('PostgreSQL: turns of two gateways in one session stay whole, and each writer\'s in order', { skip }, async () => {
    const { gateways } = await twoGateways();
    const id = randomName();
    const said = await Promise.all([0, 1, 2, 3].map(async (writer) => {
        const answers = [];
        for (let i = 0; i < 15; i++)
            answers.push(await say(gateways[writer % 2], id, `${writer}:${i}`, i % 3 === 0));
        return answers;
    }));
    const messages = await messagesOf(gateways[0], id);
    assert.deepEqual(await messagesOf(gateways[1], id), messages);
    assert.equal(messages.length, 2 * 4 * 15);
    const next = [0, 0, 0, 0];
    for (let i = 0; i < messages.length; i += 2) {
        const [writer, n] = messages[i].content.split(':').map(Number);
        assert.deepEqual([messages[i].role, n], ['user', next[writer]++]);
        assert.deepEqual([messages[i + 1].role, messages[i + 1].content], ['assistant', said[writer][n]]);
    }
});

test('PostgreSQL: the server is restarted, and the gateways go on', { skip }, async () => {
    const { gateways } = await twoGateways();
    const writers = startWriters(gateways);
    for (let i = 0; i < 2; i++) {
        await writers.more(10);
        assert.ok(await postgres.tell('restart'));
    }
    await writers.more(10);
    await writers.finish();
});

test('PostgreSQL: what was acknowledged survives kill -9 of gateways', { skip }, async () => {
    const { store, gateways } = await twoGateways();
    await killGateways(gateways, store, 20);
});

// Each of these makes the server recover, and it would first make sure that every file of its own is on disk, for seconds.
// What the death of a process can lose is what it had not given to the kernel, so this server need not wait for the disk.
test('PostgreSQL: what was acknowledged survives kill -9 of the server\'s processes', { skip }, async () => {
    const server = await startPostgres('fsync=off');
    cleanups.push(() => server.stop());
    const { gateways } = await twoGateways(server);
    const writers = startWriters(gateways);
    for (let i = 0; i < 20; i++) {
        await writers.more(3);
        await sleep(Math.random() * 40);
        if (i % 10 === 9) assert.ok(await server.tell('crash'));
        else await until(() => server.tell('kill-backend'));
    }
    await writers.more(3);
    await writers.finish();
});

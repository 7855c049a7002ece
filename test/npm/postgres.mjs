// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)

// A PostgreSQL of a test's own, from test/support/postgres.sh.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { root } from './programs.mjs';

// { url, tell(command), stop() }; nothing where PostgreSQL is not installed. When this process ends without stop(), the
// script sees its input end, and stops the server all the same.
export async function startPostgres(...settings) {
    const child = spawn('bash', [path.join(root, 'test/support/postgres.sh'), ...settings],
                        { stdio: ['pipe', 'pipe', 'inherit'] });
    const ended = once(child, 'close');
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const first = (await lines.next()).value ?? '';
    if (!first.startsWith('ready ')) {
        const [code] = await ended;
        if (code === 77) return undefined;
        throw new Error(`PostgreSQL did not start (${code}): ${first}`);
    }
    let turn = Promise.resolve();
    return {
        url: `postgresql://chatwire@/postgres?host=${first.slice('ready '.length)}`,
        // Whether the command could be carried out; one after the other.
        tell(command) {
            turn = turn.then(async () => {
                child.stdin.write(command + '\n');
                return (await lines.next()).value === 'done';
            });
            return turn;
        },
        async stop() {
            child.stdin.end();
            await ended;
        },
    };
}

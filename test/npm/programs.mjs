// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)

// The example programs, started and ended by the tests. CHATWIRE_EXAMPLES_DIR says where they were built.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const key = 'demo-key';
export const model = 'chatwire-responder';
export const pathorsPath = '/api/project/prj_demo/integration/api';

const directory = process.env.CHATWIRE_EXAMPLES_DIR ?? path.join(root, 'build', 'examples');
export const program = (name) => path.resolve(directory, name);

// Further arguments for every gateway: CTest runs the clients against both of its drivers.
const gatewayArguments = (process.env.CHATWIRE_GATEWAY_ARGUMENTS ?? '').split(' ').filter(Boolean);

const running = new Set();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

function start(command, args, options) {
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], ...options });
    running.add(child);
    child.done = once(child, 'close').then(([code, signal]) => {
        running.delete(child);
        return { code, signal };
    });
    child.stdout.setEncoding('utf8');
    child.stderr.setEncoding('utf8');
    child.out = '';
    child.err = '';
    child.stdout.on('data', (text) => (child.out += text));
    child.stderr.on('data', (text) => (child.err += text));
    child.stdin.on('error', () => {}); // the program may end before it has read everything
    return child;
}

// Starts a program that says where it listens; { url, port, child, stop(), kill() }.
export async function startServer(name, args = [], options = {},
    announced = /^listening on (https?:\/\/(?:127\.0\.0\.1|localhost):\d+)$/m) {
    // A gateway keeps what it is told in memory, unless the test says otherwise: it leaves no file behind.
    const store = name === 'gateway' && !args.includes('--store') ? ['--store', 'memory'] : [];
    const child = start(program(name), [...args, ...store], options);
    const url = await new Promise((resolve, reject) => {
        const look = () => {
            const found = announced.exec(child.out);
            if (found) resolve(found[1]);
        };
        child.stdout.on('data', look);
        child.on('error', reject);
        child.done.then(({ code, signal }) =>
            reject(new Error(`${name} ended (${code ?? signal}): ${child.out}${child.err}`)));
    });
    return {
        url,
        port: URL.canParse(url) ? Number(new URL(url).port) : 0,
        child,
        // Asks it to end; its exit status, 0 when it drained.
        async stop() {
            child.kill('SIGTERM');
            const { code, signal } = await child.done;
            if (code !== 0) throw new Error(`${name} ended with ${code ?? signal}: ${child.err}`);
        },
        async kill() {
            child.kill('SIGKILL');
            await child.done;
        },
    };
}

// Starts a gateway on a port of its own.
export const startGateway = ({ config = 'examples/gateway.json', args = [] } = {}) =>
    startServer('gateway', ['--config', path.resolve(root, config), '--port', '0', ...args, ...gatewayArguments], { cwd: root });

// Runs a program to its end; { code, signal, out, err, lines }. `onOutput(child)` sees it while it runs.
export async function run(command, args, { input = '', onOutput, ...options } = {}) {
    const child = start(command, args, options);
    if (onOutput) child.stdout.on('data', () => onOutput(child));
    child.on('error', () => {});
    child.stdin.end(input);
    const { code, signal } = await child.done;
    return { code, signal, out: child.out, err: child.err };
}

// The JSON lines of a program's output.
export const jsonLines = (text) => text.split('\n').filter(Boolean).map((line) => JSON.parse(line));

// A name nobody could have put into a program.
export const randomName = () => 'N' + Math.random().toString(36).slice(2, 9).replace(/[0-9]/g, 'x');

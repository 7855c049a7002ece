// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)

// What test/soak.sh does for as long as one likes, for a few seconds.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { soak } from './soak.mjs';

test('the gateway under mixed load, briefly', async () => {
    assert.ok(await soak({ seconds: 4, seed: 1 }), 'errors are listed above');
});

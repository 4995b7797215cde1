const { configureGlobal } = require('fast-check');

process.env.CDK_VALIDATION ??= 'false';

// The same properties are tried each time, so that a build fails only for what it has changed. `FAST_CHECK_SEED=7 npx jest ...` tries others.
configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 1) });

/**
 * Node.js loads a native module that was not built on Node-API only if it was built for the same version of its ABI, which
 * is one number for each major version. Versions that are not here are not known.
 *
 * @see https://github.com/nodejs/node/blob/main/doc/abi_version_registry.json
 */
export const NODE_MODULE_VERSIONS: Readonly<Record<string, number>> = {
  'nodejs14.x': 83,
  'nodejs16.x': 93,
  'nodejs18.x': 108,
  'nodejs20.x': 115,
  'nodejs22.x': 127,
  'nodejs24.x': 137,
};

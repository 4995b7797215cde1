import * as fs from 'fs';
import * as path from 'path';
import { isObject, Json, JsonObject } from '../model/template';

/** An object in a JSON file. Throws what names the file, since a cloud assembly has many. */
export function readJson(file: string): JsonObject {
  const text = fs.readFileSync(file, 'utf8');
  try {
    const json = JSON.parse(text) as Json;
    if (isObject(json)) return json;
  } catch {
    // said below
  }
  throw new Error(`${path.basename(file)} is not a JSON object`);
}

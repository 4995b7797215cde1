/**
 * Resolved JSON with what the deployment decides as text, in the form of `Fn::Sub`: `${AWS::Region}`, `${Queue.Arn}`.
 *
 * It can be pasted into a template's `Fn::Sub`, and read by people who replace the names.
 */
export function asText(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(asText);
  if (typeof json !== 'object' || json === null) return json;
  const entries = Object.entries(json);
  const [name, argument] = entries[0] ?? [];
  if (entries.length === 1 && (name === 'Ref' || name.startsWith('Fn::'))) return callAsText(name, argument);
  return Object.fromEntries(entries.map(([key, value]) => [key, asText(value)]));
}

function callAsText(name: string, argument: unknown): string {
  if (name === 'Ref') return `\${${argument}}`;
  if (name === 'Fn::GetAtt') return `\${${Array.isArray(argument) ? argument.join('.') : argument}}`;
  if (name === 'Fn::Join' && Array.isArray(argument) && Array.isArray(argument[1])) return argument[1].map(asText).join(argument[0]);
  return `\${${name.replace('Fn::', '')} ${JSON.stringify(argument)}}`;
}

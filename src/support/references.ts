/** `Ref` and its like, and names in the text of `Fn::Sub`. */
const REFERENCES = /"(?:Ref|Fn::GetAtt|Fn::ImportValue|Fn::GetStackOutput|Fn::If)":|\$\{(?!AWS::)/g;

/** What has the same value in all stacks of one account and Region. */
const SHARED = /"Ref":"AWS::(?:AccountId|Partition|Region|URLSuffix)"/g;

/** Whether resolved JSON has the same meaning in every stack of one account and Region: it names no resource or parameter. */
export function refersToNothing(json: unknown): boolean {
  const text = JSON.stringify(json ?? null);
  return (text.match(REFERENCES) ?? []).length === (text.match(SHARED) ?? []).length;
}

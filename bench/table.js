/** Numbers and text for people. Pure functions. */

exports.median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

exports.ms = (value) => value.toFixed(value < 100 ? 1 : 0);
exports.ratio = (value) => value.toFixed(2);

/** Median and, in brackets, the smallest and the largest. */
exports.spread = (values) => `${exports.ms(exports.median(values))} (${exports.ms(Math.min(...values))}-${exports.ms(Math.max(...values))})`;

/** Rows of text under a header; all columns but the first are right-aligned. */
exports.table = (header, rows) => {
  const all = [header, ...rows.map((row) => row.map(String))];
  const widths = header.map((_, column) => Math.max(...all.map((row) => row[column].length)));
  const lines = all.map((row) => row.map((cell, column) => column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column])).join('  '));
  return [lines[0], widths.map((width) => '-'.repeat(width)).join('  '), ...lines.slice(1)].join('\n');
};

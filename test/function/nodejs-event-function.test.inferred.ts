export const handler = async () => 'beside the test';

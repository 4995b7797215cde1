export const handler = async () => 'beside the subclass';

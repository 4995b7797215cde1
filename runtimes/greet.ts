export const greet = (name: string) => `hello ${name}`;
export const farewell = () => 'bye';

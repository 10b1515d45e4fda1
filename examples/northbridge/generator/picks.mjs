/** Conditions that keys are picked by. */
export const production = ({ environment }) => environment === 'production';

export const elsewhere = (key) => !production(key);

/** Keys of any of these stores. */
export const from =
  (...stores) =>
  ({ store }) =>
    stores.includes(store);

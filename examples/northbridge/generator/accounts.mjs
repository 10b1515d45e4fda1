/** AWS account by environment. The numbers are of the kind AWS's own documentation uses. */
export const ACCOUNTS = { production: '111122223333', staging: '444455556666', development: '777788889999' };

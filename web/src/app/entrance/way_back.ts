/** Where somebody goes who has signed in: a screen of the application, or a page that the server makes. */
export interface WayBack {
  address: string;
  is_screen: boolean;
}

/** Back to where the person wanted to go, never to another site. */
export function wayBack(back: string | null): WayBack {
  if (back === null || !/^\/(?![/\\\s])/.test(back)) return { address: '/', is_screen: true };
  return { address: back, is_screen: !back.startsWith('/oauth/') };
}

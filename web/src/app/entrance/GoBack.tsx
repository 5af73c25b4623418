import { useEffect } from 'react';
import { Navigate } from 'react-router';
import { Splash } from '../Splash';
import { wayBack } from './way_back';

/** Leads on who has signed in. What the server shows by itself, such as the consent to a program, is no screen of ours. */
export function GoBack({ back }: { back: string | null }) {
  const { address, is_screen } = wayBack(back);
  useEffect(() => {
    if (!is_screen) window.location.assign(address);
  }, [address, is_screen]);
  return is_screen ? <Navigate to={address} replace /> : <Splash />;
}

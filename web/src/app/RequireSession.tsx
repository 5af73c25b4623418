import { Navigate, Outlet, useLocation } from 'react-router';
import { useSessionQuery } from '@/api';

/** Sends who is not signed in to the sign-in page, which leads back here. */
export function RequireSession() {
  const location = useLocation();
  const session = useSessionQuery().data;
  if (session) return <Outlet />;
  const back = location.pathname + location.search;
  return <Navigate to={back === '/' ? '/signin' : `/signin?back=${encodeURIComponent(back)}`} replace />;
}

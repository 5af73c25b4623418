import { Suspense, lazy } from 'react';
import { Route, Routes } from 'react-router';
import { PageSkeleton } from '@/ui';
import { Home } from './Home';
import { RequireSession } from './RequireSession';
import { NotFound } from './NotFound';
import { FirstPlace } from './shell/FirstPlace';
import { Shell } from './shell/Shell';
import { Splash } from './Splash';

const SignInPage = lazy(() => import('./entrance/SignInPage').then((part) => ({ default: part.SignInPage })));
const ForgottenPage = lazy(() => import('./entrance/ForgottenPage').then((part) => ({ default: part.ForgottenPage })));
const ResetPage = lazy(() => import('./entrance/ResetPage').then((part) => ({ default: part.ResetPage })));
const InvitationPage = lazy(() => import('./entrance/InvitationPage').then((part) => ({ default: part.InvitationPage })));
const DeskRoutes = lazy(() => import('@/desk/DeskRoutes').then((part) => ({ default: part.DeskRoutes })));
const CrmRoutes = lazy(() => import('@/crm/CrmRoutes').then((part) => ({ default: part.CrmRoutes })));
const SettingsRoutes = lazy(() => import('@/settings/SettingsRoutes').then((part) => ({ default: part.SettingsRoutes })));

const sales_apps = ['crm', 'bigin'] as const;

/** Every address of the application. What is below an app is in the routes of that app. */
export function AppRoutes() {
  return (
    <Suspense fallback={<Splash />}>
      <Routes>
        <Route path="/signin" element={<SignInPage />} />
        <Route path="/forgotten" element={<ForgottenPage />} />
        <Route path="/reset/:token" element={<ResetPage />} />
        <Route path="/invitation/:token" element={<InvitationPage />} />
        <Route element={<RequireSession />}>
          <Route index element={<Home />} />
          <Route path="/desk/:org" element={<Shell app="desk" />}>
            <Route index element={<FirstPlace />} />
            <Route path="settings/*" element={<Suspense fallback={<PageSkeleton />}><SettingsRoutes /></Suspense>} />
            <Route path="*" element={<Suspense fallback={<PageSkeleton />}><DeskRoutes /></Suspense>} />
          </Route>
          {sales_apps.map((app) => (
            <Route key={app} path={`/${app}/:org`} element={<Shell app={app} />}>
              <Route index element={<FirstPlace />} />
              <Route path="settings/*" element={<Suspense fallback={<PageSkeleton />}><SettingsRoutes /></Suspense>} />
              <Route path="*" element={<Suspense fallback={<PageSkeleton />}><CrmRoutes /></Suspense>} />
            </Route>
          ))}
        </Route>
        <Route path="*" element={<NotFound />} />
      </Routes>
    </Suspense>
  );
}

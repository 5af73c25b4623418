import { Suspense, lazy } from 'react';
import { Route, Routes } from 'react-router';
import { useMeta } from '@/api';
import { PageSkeleton, ScreenBoundary } from '@/ui';
import { SalesListPage } from './list/SalesListPage';
import { NoSuchPage } from './NoSuchPage';
import { sales_module_names } from './sales_modules';

const DealsPage = lazy(() => import('./deals/DealsPage').then((part) => ({ default: part.DealsPage })));
const SalesRecordPage = lazy(() => import('./record/SalesRecordPage').then((part) => ({ default: part.SalesRecordPage })));
const SalesSearchPage = lazy(() => import('./list/SalesSearchPage').then((part) => ({ default: part.SalesSearchPage })));

const CalendarPage = lazy(() => import('./calendar/CalendarPage').then((part) => ({ default: part.CalendarPage })));
const SalesDashboardPage = lazy(() => import('./dashboard/SalesDashboardPage').then((part) => ({ default: part.SalesDashboardPage })));

/** Every address of CRM and Bigin, below /crm/:org and /bigin/:org: a list and a page for each module that the organisation has. */
export function CrmRoutes() {
  const { modules } = useMeta();
  const names = sales_module_names.filter((name) => modules.some((module) => module.name === name));
  return (
    <ScreenBoundary><Suspense fallback={<PageSkeleton />}>
      <Routes>
        {names.map((name) => (
          <Route key={name} path={name}>
            <Route index element={name === 'deals' ? <DealsPage /> : <SalesListPage key={name} module={name} />} />
            <Route path=":id" element={<SalesRecordPage key={name} module={name} />} />
          </Route>
        ))}
        <Route path="calendar" element={<CalendarPage />} />
        <Route path="dashboard" element={<SalesDashboardPage />} />
        <Route path="search" element={<SalesSearchPage />} />
        <Route path="*" element={<NoSuchPage />} />
      </Routes>
    </Suspense></ScreenBoundary>
  );
}

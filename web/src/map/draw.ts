// The drawing itself. Loaded after the list, because the library is larger than all the rest.
import type { Feature, FeatureCollection, Position } from 'geojson';
import { GeoJSONSource, Map as Drawing, setWorkerUrl, type ExpressionSpecification, type StyleSpecification } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import countriesUrl from 'world-atlas/countries-50m.json?url';
import { outline, type Cluster, type Clusters, type Single } from '../api';
import { STATUSES, type Incident, type Status, type ZoneShape } from '../records';
import type { Language } from '../state/url';
import { isClose, SHAPES, shapeOf, strength, type Shape, type Strength } from './marks';
import { countryName, provinceName, type Names } from './names';

setWorkerUrl(new URL(workerUrl, location.href).href);

export interface Drawn {
  /** `chosen` is drawn too when it stands in a cluster or outside of the answer. */
  show(found: Clusters | null, zones: readonly ZoneShape[], chosen: Incident | undefined): void;
  /** Says in words what the drawing shows. */
  name(words: string): void;
  /** Names countries and provinces in a language. */
  speak(language: Language): void;
  paint(): void;
  zoom(by: number): void;
  fit(): void;
  remove(): void;
}

/** A shape of the ground is a province, or else a country. */
const IS_PROVINCE: ExpressionSpecification = ['has', 'province'];
const EMPTY: FeatureCollection = { type: 'FeatureCollection', features: [] };
const EARTH_M = 40_075_016.686;

/** A circle around a place, in degrees; 64 corners look round at every size that a region has. */
export function circle(lat: number, lon: number, radius: number): Position[] {
  const corners: Position[] = [];
  for (let corner = 0; corner <= 64; corner += 1) {
    const angle = (corner / 64) * 2 * Math.PI;
    const north = (radius * Math.cos(angle)) / (EARTH_M / 360);
    const east = (radius * Math.sin(angle)) / ((EARTH_M / 360) * Math.cos((lat * Math.PI) / 180));
    corners.push([lon + east, lat + north]);
  }
  return corners;
}

const ink = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/** A line as wide as a number of metres on the ground; `wide` holds its width in pixels at zoom 0. */
const inMetres: ExpressionSpecification = ['interpolate', ['exponential', 2], ['zoom'], 0, ['get', 'wide'], 22, ['*', ['get', 'wide'], 2 ** 22]];

/** An incident of the list as the map has it, when it has a place. */
function single({ id, fields }: Incident): Single | null {
  const { place } = fields;
  if (!place?.region || place.precision === 'country') return null;
  const { lat, lon, radius_m } = place.region;
  return { id, geometry: { coordinates: [lon, lat] }, properties: { kind: 'incident', act: fields.act, class: fields.class, status: fields.status.occurrence, precision: place.precision, radius_m, independent_origins: fields.independent_origins, archived: fields.archived ?? false } };
}

const isSingle = (feature: Single | Cluster): feature is Single => feature.properties.kind === 'incident';

/** Regions and marks of single incidents, those of one place under a mark that tells how many; and clusters. */
export function features(found: readonly (Single | Cluster)[], chosen: Incident | undefined): { regions: FeatureCollection; marks: FeatureCollection; clusters: FeatureCollection } {
  const regions: Feature[] = [];
  const marks = new Map<string, Feature & { properties: Record<string, unknown> & { ids: string[] } }>();
  const singles = found.filter(isSingle);
  const lone = chosen && !singles.some(({ id }) => id === chosen.id) ? single(chosen) : null;
  for (const { id, geometry, properties } of lone ? [...singles, lone] : singles) {
    const [lon, lat] = geometry.coordinates;
    const { act, status, precision } = properties;
    const selected = id === chosen?.id;
    const close = isClose(precision);
    regions.push({ type: 'Feature', properties: { id, status, close, selected }, geometry: { type: 'Polygon', coordinates: [circle(lat, lon, properties.radius_m)] } });
    const key = `${lat},${lon}`;
    const there = marks.get(key);
    if (there) there.properties.ids.push(id);
    if (there && !properties.archived) there.properties.faint = false;
    if (there && !selected) continue;
    marks.set(key, {
      type: 'Feature',
      properties: {
        ids: there?.properties.ids ?? [id],
        icon: [shapeOf(act, properties.class), status, strength(properties.independent_origins), selected ? 'chosen' : ''].join(' '),
        close,
        selected,
        faint: properties.archived === true && (there?.properties.faint ?? true),
      },
      geometry: { type: 'Point', coordinates: [lon, lat] },
    });
  }
  // A key to sort by would draw each mark on its own; the chosen one comes last, and so above.
  const above = [...marks.values()].sort((a, b) => Number(a.properties.selected) - Number(b.properties.selected));
  const drawn = above.map((mark) => ({ ...mark, properties: { ...mark.properties, many: mark.properties.ids.length > 1 ? String(mark.properties.ids.length) : '', ids: mark.properties.ids.join(',') } }));
  const clusters = found.filter((feature): feature is Cluster => !isSingle(feature)).map(
    ({ geometry, properties }, index): Feature => ({ type: 'Feature', id: index, properties: { index, icon: ring(properties), many: short(properties.incidents), incidents: properties.incidents }, geometry: { type: 'Point', coordinates: geometry.coordinates } }),
  );
  const all = (features: Feature[]): FeatureCollection => ({ type: 'FeatureCollection', features });
  return { regions: all(regions), marks: all(drawn), clusters: all(clusters) };
}

/** Parts of a ring: fine enough to see a share, few enough that rings of like shares are one picture. */
const PARTS = 24;

/** Name of the picture of a cluster: its size, and how many parts of its ring each status has; none that is there is left out. */
function ring({ incidents, statuses }: Cluster['properties']): string {
  const size = incidents < 10 ? 0 : incidents < 100 ? 1 : incidents < 1000 ? 2 : incidents < 10_000 ? 3 : 4;
  const parts = STATUSES.map((status) => Math.ceil(((statuses[status] ?? 0) / incidents) * PARTS));
  return ['ring', size, ...parts].join(' ');
}

/** A number in at most four characters; the exact one is told beside the map. */
function short(number: number): string {
  return new Intl.NumberFormat(document.documentElement.lang || 'en', { notation: 'compact', maximumSignificantDigits: 3 }).format(number);
}

/** A disc within a ring that shows how well the incidents in it are established. */
function ringPicture(name: string): ImageData {
  const [size = 0, ...parts] = name.split(' ').slice(1).map(Number);
  const radius = [24, 27, 31, 35, 39][size] ?? 39;
  const side = 2 * radius + 6;
  const pen = new OffscreenCanvas(side, side).getContext('2d')!;
  const middle = side / 2;
  pen.fillStyle = ink('sheet');
  pen.beginPath();
  pen.arc(middle, middle, radius + 2, 0, 2 * Math.PI);
  pen.fill();
  const whole = parts.reduce((sum, part) => sum + part, 0) || 1;
  let at = -Math.PI / 2;
  pen.lineWidth = 9;
  parts.forEach((part, index) => {
    const to = at + (part / whole) * 2 * Math.PI;
    if (part) {
      pen.beginPath();
      pen.arc(middle, middle, radius - 4.5, at, to);
      pen.strokeStyle = ink(STATUSES[index]!);
      pen.stroke();
    }
    at = to;
  });
  return pen.getImageData(0, 0, side, side);
}

/** The picture of a mark, by its name: shape, status, strength, chosen or not. */
function picture(name: string): ImageData {
  if (name.startsWith('ring ')) return ringPicture(name);
  const [shape, status, strength, chosen] = name.split(' ') as [Shape, Status, string, string?];
  const size = 56;
  const canvas = new OffscreenCanvas(size, size);
  const pen = canvas.getContext('2d')!;
  const path = new Path2D(SHAPES[shape]);
  pen.translate(size / 2, size / 2);
  pen.scale(1.5, 1.5);
  pen.translate(-12, -12);
  pen.lineJoin = 'round';
  pen.strokeStyle = ink('sheet');
  pen.lineWidth = 6;
  pen.stroke(path);
  pen.fillStyle = ink('sheet');
  pen.fill(path);
  pen.fillStyle = ink(status);
  if ((Number(strength) as Strength) === 2) pen.fill(path);
  if ((Number(strength) as Strength) === 1) {
    pen.save();
    pen.beginPath();
    pen.rect(-2, 12, 28, 14);
    pen.clip();
    pen.fill(path);
    pen.restore();
  }
  pen.strokeStyle = chosen ? ink('ink') : ink(status);
  pen.lineWidth = chosen ? 3.4 : 2.4;
  pen.stroke(path);
  return pen.getImageData(0, 0, size, size);
}

function style(): StyleSpecification {
  const source = (data: FeatureCollection) => ({ type: 'geojson' as const, data });
  return {
    version: 8,
    // Few sources and few layers: each costs a pass over every tile, and drawing in software counts passes.
    sources: { ground: source(EMPTY), names: source(EMPTY), zones: source(EMPTY), regions: source(EMPTY), clusters: source(EMPTY), marks: source(EMPTY) },
    layers: [
      { id: 'water', type: 'background', paint: { 'background-color': ink('water') } },
      { id: 'land', type: 'fill', source: 'ground', filter: ['!', IS_PROVINCE], paint: { 'fill-color': ink('land') } },
      // Never seen; a click finds its province by it.
      { id: 'province', type: 'fill', source: 'ground', filter: IS_PROVINCE, paint: { 'fill-opacity': 0 } },
      { id: 'border', type: 'line', source: 'ground', paint: { 'line-color': ink('border'), 'line-width': ['case', IS_PROVINCE, 0.5, 1.1] } },
      { id: 'zone', type: 'fill', source: 'zones', paint: { 'fill-color': ink('zone'), 'fill-opacity': 0.1 } },
      { id: 'band', type: 'line', source: 'zones', paint: { 'line-color': ink('zone'), 'line-opacity': 0.22, 'line-width': inMetres } },
      { id: 'zone-edge', type: 'line', source: 'zones', paint: { 'line-color': ink('zone'), 'line-width': 1.2, 'line-dasharray': [3, 2] } },
      { id: 'region', type: 'fill', source: 'regions', paint: { 'fill-color': byStatus(), 'fill-opacity': ['case', ['get', 'selected'], 0.3, 0.12] } },
      { id: 'region-edge', type: 'line', source: 'regions', paint: { 'line-color': byStatus(), 'line-width': ['case', ['get', 'selected'], 2.2, 1], 'line-dasharray': [2, 2] } },
      { id: 'names', type: 'symbol', source: 'names', filter: ['step', ['zoom'], ['!', IS_PROVINCE], 6.5, true], layout: { 'text-field': ['get', 'name'], 'text-size': ['case', IS_PROVINCE, 11, 12.5], 'text-font': ['Noto Sans Regular'] }, paint: { 'text-color': ink('quiet'), 'text-halo-color': ink('land'), 'text-halo-width': 1.4 } },
      {
        id: 'clusters',
        type: 'symbol',
        source: 'clusters',
        layout: { 'icon-image': ['get', 'icon'], 'icon-allow-overlap': true, 'text-field': ['get', 'many'], 'text-size': 12, 'text-allow-overlap': true, 'text-font': ['Noto Sans Bold'], 'symbol-z-order': 'source' },
        paint: { 'text-color': ink('ink') },
      },
      {
        id: 'marks',
        type: 'symbol',
        source: 'marks',
        layout: {
          'icon-image': ['get', 'icon'],
          'icon-size': ['case', ['get', 'close'], 1, 0.8],
          'icon-allow-overlap': true,
          'text-field': ['get', 'many'],
          'text-size': 12,
          'text-offset': [1.1, -0.9],
          'text-allow-overlap': true,
          'text-font': ['Noto Sans Bold'],
          'symbol-z-order': 'source',
        },
        // What is archived is drawn faintly where it is asked for.
        paint: { 'icon-opacity': ['case', ['get', 'faint'], 0.4, 1], 'text-color': ink('ink'), 'text-halo-color': ink('sheet'), 'text-halo-width': 2 },
      },
    ],
  };
}

function byStatus(): ExpressionSpecification {
  return ['match', ['get', 'status'], 'verified', ink('verified'), 'corroborated', ink('corroborated'), 'contested', ink('contested'), 'refuted', ink('refuted'), 'undetermined', ink('undetermined'), ink('reported')];
}

/** Where a map stands, as the address says it: longitude, latitude, zoom. */
function placeOf(text: string): { center: [number, number]; zoom: number } | null {
  const [lon, lat, zoom] = text.split(',').map(Number);
  if (![lon, lat, zoom].every(Number.isFinite) || Math.abs(lat!) > 85 || Math.abs(lon!) > 180) return null;
  return { center: [lon!, lat!], zoom: zoom! };
}

/** Countries of the world, and provinces of those that the data knows. */
async function groundShapes(): Promise<FeatureCollection> {
  const [response, provinces] = await Promise.all([fetch(countriesUrl), outline()]);
  const topology = (await response.json()) as Topology<{ countries: GeometryCollection }>;
  const { features } = feature(topology, topology.objects.countries) as FeatureCollection;
  return { type: 'FeatureCollection', features: [...features, ...provinces.features.filter(({ properties }) => properties?.province)] };
}

/** Names stand in the middle of the largest part of each country and province. */
function names(ground: FeatureCollection, language: Language): FeatureCollection {
  const middle = (ring: Position[]): Position => {
    const lons = ring.map((corner) => corner[0]!);
    const lats = ring.map((corner) => corner[1]!);
    return [(Math.min(...lons) + Math.max(...lons)) / 2, (Math.min(...lats) + Math.max(...lats)) / 2];
  };
  const features = ground.features.flatMap(({ id, geometry: shape, properties }): Feature[] => {
    const rings = shape.type === 'Polygon' ? [shape.coordinates[0]!] : shape.type === 'MultiPolygon' ? shape.coordinates.map((part) => part[0]!) : [];
    const largest = rings.sort((a, b) => b.length - a.length)[0];
    const { province, names, name } = (properties ?? {}) as { province?: string; names?: Names; name?: string };
    const told = province ? provinceName(province, names, language) : countryName(id, name ?? '', language);
    return largest ? [{ type: 'Feature', properties: { name: told, ...(province && { province }) }, geometry: { type: 'Point', coordinates: middle(largest) } }] : [];
  });
  return { type: 'FeatureCollection', features };
}

export async function draw(box: HTMLElement, at: string, words: string, spoken: Language, on: { onprovince: (key: string) => void; onpick: (id: string) => void; onmove: (place: string) => void; onlook: (window: string, zoom: number) => void; onhover: (cluster: Cluster | null) => void; onarea: (bbox: string) => void }): Promise<Drawn> {
  const start = placeOf(at);
  let language = spoken;
  const map = new Drawing({ container: box, style: style(), center: start?.center ?? [38, 34.8], zoom: start?.zoom ?? 5.5, attributionControl: false, dragRotate: false, pitchWithRotate: false, touchPitch: false, maxZoom: 14, minZoom: 1.5, fadeDuration: 0 });
  // Named at once, before there is anything to see: the library's own name for it is English.
  map.getCanvas().setAttribute('role', 'application');
  map.getCanvas().setAttribute('aria-label', words);
  map.touchZoomRotate.disableRotation();
  map.setMissingStyleImageResolver((id) => {
    if (!map.hasImage(id)) map.addImage(id, picture(id), { pixelRatio: 2 });
  });
  const ground = groundShapes();
  await map.once('load');

  const source = (name: string) => map.getSource(name) as GeoJSONSource;
  let last: Parameters<Drawn['show']> = [null, [], undefined];
  let settled = !!start;
  let fitted = '';
  let painted = ink('ground');

  const drawn: Drawn = {
    show(found, zones, chosen) {
      last = [found, zones, chosen];
      const { regions, marks, clusters } = features(found?.features ?? [], chosen);
      source('regions').setData(regions);
      source('marks').setData(marks);
      source('clusters').setData(clusters);
      const shapes = zones.filter((zone) => zone.geometry);
      source('zones').setData({
        type: 'FeatureCollection',
        features: shapes.map((zone) => ({ ...zone, geometry: zone.geometry!, properties: { ...zone.properties, wide: (2 * zone.properties.band_m * 512) / (EARTH_M * Math.cos((35 * Math.PI) / 180)) } })),
      });
      if (!settled && (found?.extent || (!found && shapes.length))) {
        settled = true;
        drawn.fit();
      }
      const selected = chosen?.fields.place?.region;
      if (selected && chosen.id !== fitted && !map.getBounds().contains([selected.lon, selected.lat])) map.easeTo({ center: [selected.lon, selected.lat] });
      fitted = chosen?.id ?? '';
    },
    name(words) {
      map.getCanvas().setAttribute('aria-label', words);
    },
    speak(wanted) {
      language = wanted;
      void ground.then((shapes) => source('names')?.setData(names(shapes, language)));
    },
    paint() {
      if (painted === ink('ground')) return;
      painted = ink('ground');
      map.setStyle(style(), { diff: false });
      void map.once('style.load').then(async () => {
        await fill();
        drawn.show(...last);
      });
    },
    zoom: (by) => void map.zoomTo(map.getZoom() + by, {}, { zoomed: true }),
    fit() {
      const extent = last[0]?.extent;
      const corners: Position[] = extent ? [extent.slice(0, 2), extent.slice(2)] : [];
      for (const zone of last[1]) {
        if (zone.geometry?.type === 'MultiPolygon') corners.push(...zone.geometry.coordinates.flat(2));
        if (zone.geometry?.type === 'Polygon') corners.push(...zone.geometry.coordinates.flat());
      }
      if (!corners.length) return;
      const lons = corners.map((corner) => corner[0]!);
      const lats = corners.map((corner) => corner[1]!);
      map.fitBounds([Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)], { padding: 36, animate: false, maxZoom: 10 });
    },
    remove: () => map.remove(),
  };

  async function fill() {
    const shapes = await ground;
    source('ground').setData(shapes);
    source('names').setData(names(shapes, language));
  }
  await fill();

  map.on('click', 'marks', (event) => {
    const ids = String(event.features?.[0]?.properties.ids ?? '').split(',');
    // A mark that stands for several is gone through, one a click.
    const at = ids.indexOf(last[2]?.id ?? '');
    on.onpick(ids[(at + 1) % ids.length]!);
  });
  map.on('click', 'region', (event) => {
    if (map.queryRenderedFeatures(event.point, { layers: ['marks', 'clusters'] }).length) return;
    on.onpick(String(event.features?.[0]?.properties.id ?? ''));
  });
  map.on('click', (event) => {
    if (map.queryRenderedFeatures(event.point, { layers: ['marks', 'clusters', 'region'] }).length) return on.onprovince('');
    on.onprovince(String(map.queryRenderedFeatures(event.point, { layers: ['province'] })[0]?.properties.province ?? ''));
  });
  // What lies in a cluster comes apart nearer by; what lies at one place is told by the list.
  const clusterAt = (event: { features?: { properties: Record<string, unknown> }[] }) => last[0]?.features.filter((feature): feature is Cluster => !isSingle(feature))[Number(event.features?.[0]?.properties.index)] ?? null;
  map.on('click', 'clusters', (event) => {
    const cluster = clusterAt(event);
    if (!cluster) return;
    const [west, south, east, north] = cluster.properties.bbox;
    if (Math.max(east - west, north - south) > 0.0005 && map.getZoom() < map.getMaxZoom()) map.fitBounds([west, south, east, north], { padding: 80 }, { zoomed: true });
    else on.onarea([west - 0.0001, south - 0.0001, east + 0.0001, north + 0.0001].map((edge) => edge.toFixed(4)).join(','));
  });
  map.on('mousemove', 'clusters', (event) => on.onhover(clusterAt(event)));
  map.on('mouseleave', 'clusters', () => on.onhover(null));
  for (const layer of ['marks', 'region', 'clusters']) {
    map.on('mouseenter', layer, () => (map.getCanvas().style.cursor = 'pointer'));
    map.on('mouseleave', layer, () => (map.getCanvas().style.cursor = ''));
  }
  /** The part that is seen, and half as much around it, so that a little move shows no gap. */
  const look = () => {
    const bounds = map.getBounds();
    const [wide, high] = [(bounds.getEast() - bounds.getWest()) / 4, (bounds.getNorth() - bounds.getSouth()) / 4];
    const around = (lon: number) => (((lon + 180) % 360) + 360) % 360 - 180;
    const whole = bounds.getEast() - bounds.getWest() + 2 * wide >= 360;
    const window = [whole ? -180 : around(bounds.getWest() - wide), Math.max(-90, bounds.getSouth() - high), whole ? 180 : around(bounds.getEast() + wide), Math.min(90, bounds.getNorth() + high)];
    on.onlook(window.map((edge) => edge.toFixed(3)).join(','), Math.floor(map.getZoom()));
  };
  map.on('moveend', look);
  map.on('resize', look);
  look();
  map.on('moveend', (event) => {
    if (!event.originalEvent && !('zoomed' in event)) return;
    const { lng, lat } = map.getCenter();
    on.onmove(`${lng.toFixed(3)},${lat.toFixed(3)},${map.getZoom().toFixed(1)}`);
  });
  return drawn;
}

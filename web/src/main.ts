import './app.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { speak } from './text/index.svelte';
import { view } from './state/route.svelte';

await speak(view.state.lang);
mount(App, { target: document.getElementById('app')! });

package io.nelumbo.config;

import java.util.List;

/** A TOML array as it was found: raw elements and where each stands. */
record TomlList(List<Object> elements, List<Place> places) {}

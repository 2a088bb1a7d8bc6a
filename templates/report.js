/* Casefile report: search, namespaces, copying, sorting. Everything is readable without this script. */


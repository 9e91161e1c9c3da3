//! What the integration tests share: a database cluster, projects on it, phones.

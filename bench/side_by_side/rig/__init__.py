"""What `run` is made of: `postgres` and `group` make the database, `targets` the servers, `operations` what is asked of
them, `load` asks it, `compare` sees that all answer alike, `measure` takes the figures and `report` shows them."""

CREATE DATABASE prefect OWNER chasqui;  -- the server's own, beside the warehouse's catalog

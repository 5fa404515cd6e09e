"""Front: the desk in a browser, as files that stand beside this one."""

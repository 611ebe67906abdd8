"""The checklists of the material, one file each, and the periods for which they are ticked off."""
